import { useId, type ComponentProps, type ReactElement, type ReactNode } from 'react';

export interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'id'> {
  readonly label: string;
  /** Below, what is expected. */
  readonly hint?: ReactNode;
}

/** Several lines of text with its word above; it grows with what is typed, where the browser can. */
export function TextArea({ label, hint, className, ...rest }: TextAreaProps): ReactElement {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-12 font-medium text-ink-2">
        {label}
      </label>
      <textarea
        id={id}
        rows={2}
        aria-describedby={hint === undefined ? undefined : hintId}
        className="field-sizing-content block max-h-48 min-h-14 w-full resize-y rounded-control border border-line-strong bg-panel px-2 py-1 text-13 text-ink placeholder:text-ink-3 focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-accent"
        {...rest}
      />
      {hint !== undefined && (
        <p id={hintId} className="mt-1 text-12 text-ink-3">
          {hint}
        </p>
      )}
    </div>
  );
}
