import { ChevronDown } from 'lucide-react';
import { useId, type ReactElement } from 'react';

import { classes } from './classes.ts';

export interface SelectProps<Value extends string> {
  readonly label: string;
  /** Shows the label above; without it the label is the accessible name only. */
  readonly hasVisibleLabel?: boolean;
  readonly value: Value;
  readonly options: readonly {
    readonly value: Value;
    readonly text: string;
    readonly isDisabled?: boolean;
  }[];
  readonly onChange: (value: Value) => void;
  readonly isDisabled?: boolean;
  /** Borderless until it is pointed at: for cells of a table. */
  readonly isQuiet?: boolean;
  readonly className?: string;
}

/** One of a few, by the browser's own list: a phone shows its wheel, a screen reader knows it. */
export function Select<Value extends string>(props: SelectProps<Value>): ReactElement {
  const { label, hasVisibleLabel = false, value, options, onChange, isDisabled, isQuiet, className } = props;
  const id = useId();
  return (
    <span className={classes('inline-flex min-w-0 flex-col', className)}>
      {hasVisibleLabel && (
        <label htmlFor={id} className="mb-1 block text-12 font-medium text-ink-2">
          {label}
        </label>
      )}
      <span className="relative inline-flex min-w-0">
        <select
          id={id}
          aria-label={hasVisibleLabel ? undefined : label}
          value={value}
          disabled={isDisabled}
          onChange={(event) => onChange(event.target.value as Value)}
          className={classes(
            'h-7 w-full min-w-0 cursor-pointer appearance-none truncate rounded-control border bg-panel pr-6 pl-2 text-13 text-ink disabled:cursor-default disabled:opacity-60 pointer-coarse:h-11',
            isQuiet === true
              ? 'border-transparent bg-transparent enabled:hover:border-line-strong'
              : 'border-line-strong',
            value === '' && isQuiet === true && 'text-ink-3',
          )}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.isDisabled}>
              {option.text}
            </option>
          ))}
        </select>
        <ChevronDown
          size={12}
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-ink-3"
        />
      </span>
    </span>
  );
}
