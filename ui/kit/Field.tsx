import { useId, type ComponentProps, type ReactElement, type ReactNode } from 'react';

import { Input, type InputProps } from './Input.tsx';

export interface FieldProps extends Omit<InputProps, 'label' | 'id'> {
  readonly label: string;
  /** Below the input, before anything is wrong: what is expected. */
  readonly hint?: ReactNode;
}

/** A text input with its word above and what is expected below; a mistake takes the hint's place. */
export function Field({ label, hint, className, ...rest }: FieldProps): ReactElement {
  const id = useId();
  const hintId = `${id}-hint`;
  const hasHint = hint !== undefined && rest.error === undefined;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-12 font-medium text-ink-2">
        {label}
      </label>
      <Input id={id} className="flex w-full" {...(hasHint && { describedBy: hintId })} {...rest} />
      {hasHint && (
        <p id={hintId} className="mt-1 text-12 text-ink-3">
          {hint}
        </p>
      )}
    </div>
  );
}

/** A box with a tick and its word, which toggles it too. */
export function Checkbox({
  children,
  className,
  ...rest
}: Omit<ComponentProps<'input'>, 'type'>): ReactElement {
  return (
    <label
      className={`flex min-h-7 cursor-pointer items-center gap-2 pointer-coarse:min-h-11 ${className ?? ''}`}
    >
      <input type="checkbox" className="size-3.5 shrink-0 cursor-pointer accent-accent" {...rest} />
      <span className="min-w-0">{children}</span>
    </label>
  );
}
