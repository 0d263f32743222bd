import { Slot } from 'radix-ui';
import type { ComponentProps, ReactElement, ReactNode } from 'react';

import { classes } from './classes.ts';
import { Kbd } from './Kbd.tsx';

export type ButtonLook = 'plain' | 'primary' | 'quiet' | 'danger';

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: ButtonLook;
  readonly icon?: ReactNode;
  /** The key that does the same. */
  readonly shortcut?: string | undefined;
  /** Makes its only child the element: a link that looks like a button. */
  readonly asChild?: boolean;
}

const SHAPE =
  'inline-flex h-7 shrink-0 items-center gap-1.5 rounded-control border px-2.5 text-13 whitespace-nowrap cursor-pointer select-none disabled:cursor-default disabled:opacity-50 pointer-coarse:h-11';
const LOOKS: Record<ButtonLook, string> = {
  plain: 'border-line bg-panel text-ink enabled:hover:bg-sunk',
  primary: 'border-accent bg-accent font-medium text-on-accent enabled:hover:opacity-90',
  quiet: 'border-transparent bg-transparent px-1.5 text-ink-2 enabled:hover:bg-hover enabled:hover:text-ink',
  danger: 'border-line bg-panel text-failed enabled:hover:border-failed',
};

export function Button(props: ButtonProps): ReactElement {
  const { look = 'plain', icon, shortcut, asChild = false, className, children, ...rest } = props;
  const style = classes(SHAPE, LOOKS[look], className);
  if (asChild) {
    return (
      <Slot.Root className={style} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type="button" className={style} {...rest}>
      {icon}
      {children}
      {shortcut !== undefined && (
        <Kbd className={look === 'primary' ? 'border-current bg-transparent text-on-accent' : ''}>
          {shortcut}
        </Kbd>
      )}
    </button>
  );
}

export interface IconButtonProps extends ComponentProps<'button'> {
  /** What it does: the accessible name, and the tooltip of a pointer that rests. */
  readonly label: string;
  /** For what is on or off: `true` when on. */
  readonly isPressed?: boolean | undefined;
}

/** A square with a glyph of 14 to 16 pixels. */
export function IconButton({
  label,
  isPressed,
  className,
  children,
  ...rest
}: IconButtonProps): ReactElement {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isPressed}
      title={label}
      className={classes(
        'inline-flex size-7 shrink-0 items-center justify-center rounded-control border border-transparent text-ink-2 cursor-pointer enabled:hover:bg-hover enabled:hover:text-ink disabled:opacity-50 aria-pressed:bg-sunk aria-pressed:text-ink pointer-coarse:size-11',
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  );
}
