import { Slot } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

import { classes } from './classes.ts';

export interface ChipProps {
  readonly icon?: ReactNode;
  readonly isMono?: boolean;
  /** Makes its only child the element: a chip that is a link. */
  readonly asChild?: boolean;
  /** Shows a cross that takes the chip away; its accessible name. */
  readonly removeLabel?: string;
  readonly onRemove?: () => void;
  readonly children: ReactNode;
}

/** A thing by its name: a tag, a version, a filter. */
export function Chip({
  icon,
  isMono = false,
  asChild = false,
  removeLabel,
  onRemove,
  children,
}: ChipProps): ReactElement {
  const style = classes(
    'inline-flex h-5 max-w-full items-center gap-1 rounded-chip bg-sunk px-2 text-12 whitespace-nowrap text-ink-2',
    isMono && 'font-mono text-11',
    asChild && 'hover:text-ink',
  );
  if (asChild) return <Slot.Root className={style}>{children}</Slot.Root>;
  return (
    <span className={style}>
      {icon}
      <span className="truncate">{children}</span>
      {onRemove !== undefined && (
        <button
          type="button"
          aria-label={removeLabel}
          onClick={onRemove}
          className="-mr-1.5 inline-flex size-5 cursor-pointer items-center justify-center rounded-chip text-ink-3 hover:text-ink"
        >
          <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
            <path d="m1 1 6 6M7 1 1 7" stroke="currentColor" strokeWidth="1.25" strokeLinecap="round" />
          </svg>
        </button>
      )}
    </span>
  );
}
