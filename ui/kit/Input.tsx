import type { ComponentProps, ReactElement, ReactNode, Ref } from 'react';

import { classes } from './classes.ts';

export interface InputProps extends Omit<ComponentProps<'input'>, 'ref'> {
  /** The accessible name, unless a <label> points here. */
  readonly label?: string;
  readonly icon?: ReactNode;
  /** Behind the text: a count, a key. */
  readonly trailing?: ReactNode;
  readonly isMono?: boolean;
  /** What is wrong with the content; announced and shown below. */
  readonly error?: string | undefined;
  /** Id of what else is said about it. */
  readonly describedBy?: string | undefined;
  readonly inputRef?: Ref<HTMLInputElement>;
}

export function Input(props: InputProps): ReactElement {
  const {
    label,
    icon,
    trailing,
    isMono = false,
    error,
    describedBy,
    inputRef,
    className,
    id,
    ...rest
  } = props;
  const errorId = error === undefined || id === undefined ? undefined : `${id}-error`;
  return (
    <span className={classes('inline-flex min-w-0 flex-col', className)}>
      <span
        className={classes(
          'flex h-7 min-w-0 items-center gap-1.5 rounded-control border bg-panel px-2 text-ink-3 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent pointer-coarse:h-11',
          error === undefined ? 'border-line-strong' : 'border-failed',
        )}
      >
        {icon}
        <input
          id={id}
          ref={inputRef}
          aria-label={label}
          aria-invalid={error !== undefined}
          aria-describedby={errorId ?? describedBy}
          className={classes(
            'min-w-0 flex-1 bg-transparent text-13 text-ink outline-none placeholder:text-ink-3',
            isMono && 'font-mono text-12',
          )}
          {...rest}
        />
        {trailing}
      </span>
      {error !== undefined && (
        <span id={errorId} role="alert" className="mt-1 text-12 text-failed">
          {error}
        </span>
      )}
    </span>
  );
}
