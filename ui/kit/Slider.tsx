import { Slider as RadixSlider } from 'radix-ui';
import type { ReactElement } from 'react';

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** While it is dragged. */
  readonly onChange: (value: number) => void;
  /** Once, when it is let go: the moment to ask a server. */
  readonly onCommit?: (value: number) => void;
  /** The value in words, for screen readers. */
  readonly valueText?: string;
}

export function Slider({
  label,
  value,
  min,
  max,
  step,
  onChange,
  onCommit,
  valueText,
}: SliderProps): ReactElement {
  return (
    <RadixSlider.Root
      value={[value]}
      min={min}
      max={max}
      step={step}
      onValueChange={([next]) => {
        if (next !== undefined) onChange(next);
      }}
      onValueCommit={([next]) => {
        if (next !== undefined) onCommit?.(next);
      }}
      className="relative flex h-6 w-20 cursor-pointer touch-none items-center select-none"
    >
      <RadixSlider.Track className="relative h-0.5 grow rounded-chip bg-line-strong">
        <RadixSlider.Range className="absolute h-full rounded-chip bg-accent" />
      </RadixSlider.Track>
      <RadixSlider.Thumb
        aria-label={label}
        aria-valuetext={valueText}
        className="relative block size-3 rounded-chip border-[1.5px] border-accent bg-panel after:absolute after:-inset-1.5"
      />
    </RadixSlider.Root>
  );
}
