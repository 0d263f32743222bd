import { ToggleGroup } from 'radix-ui';
import type { ReactElement } from 'react';

export interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of two to four, all visible. More than that is a `Menu` with a `MenuChoice`. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>): ReactElement {
  const { label, value, options, onChange } = props;
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        // An empty value means the chosen one was pressed again; one is always chosen.
        if (next !== '') onChange(next as Value);
      }}
      className="inline-flex h-7 shrink-0 rounded-control border border-line bg-panel pointer-coarse:h-11"
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="cursor-pointer border-r border-line px-2 text-13 whitespace-nowrap text-ink-2 first:rounded-l-control last:rounded-r-control last:border-r-0 hover:text-ink focus-visible:z-10 data-[state=on]:bg-sunk data-[state=on]:font-medium data-[state=on]:text-ink"
        >
          {option.text}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
