import { X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

import { IconButton } from './Button.tsx';
import { classes } from './classes.ts';

export interface DialogProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly title: string;
  readonly description?: string;
  readonly closeLabel: string;
  /** Nothing but its own buttons closes it: for what is shown only once. */
  readonly isSticky?: boolean;
  readonly isWide?: boolean;
  /** Buttons at the foot, the one that acts last. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** Modal. Radix locks the page's scrolling by a style element: its nonce is set once by the app (get-nonce). */
export function Dialog(props: DialogProps): ReactElement {
  const { isOpen, onOpenChange, title, description, closeLabel, isSticky, isWide, actions, children } = props;
  return (
    <RadixDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <RadixDialog.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          {...(isSticky === true && {
            onEscapeKeyDown: (event) => event.preventDefault(),
            onInteractOutside: (event) => event.preventDefault(),
          })}
          className={classes(
            'fixed top-[8vh] left-1/2 z-50 flex max-h-[84vh] -translate-x-1/2 animate-appear flex-col rounded-panel bg-panel text-ink shadow-float',
            isWide === true ? 'w-[min(680px,calc(100vw-16px))]' : 'w-[min(520px,calc(100vw-16px))]',
          )}
        >
          <div className="flex h-12 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4">
            <RadixDialog.Title className="flex-1 truncate text-14 font-semibold">{title}</RadixDialog.Title>
            {isSticky !== true && (
              <RadixDialog.Close asChild>
                <IconButton label={closeLabel}>
                  <X size={14} aria-hidden="true" />
                </IconButton>
              </RadixDialog.Close>
            )}
          </div>
          <div className="overflow-y-auto p-4">
            {description !== undefined && (
              <RadixDialog.Description className="mb-3 text-ink-2">{description}</RadixDialog.Description>
            )}
            {children}
          </div>
          {actions !== undefined && (
            <div className="flex shrink-0 justify-end gap-2 border-t border-line p-3">{actions}</div>
          )}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
