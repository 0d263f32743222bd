import { Switch as RadixSwitch } from 'radix-ui';
import { useId, type ReactElement, type ReactNode } from 'react';

export interface SwitchProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  /** Its word, left of it. */
  readonly children: ReactNode;
  readonly isDisabled?: boolean;
}

export function Switch({ isOn, onChange, children, isDisabled = false }: SwitchProps): ReactElement {
  const id = useId();
  return (
    <span className="inline-flex items-center gap-1.5 text-12 whitespace-nowrap">
      <label htmlFor={id} className="cursor-pointer text-ink-2">
        {children}
      </label>
      <RadixSwitch.Root
        id={id}
        checked={isOn}
        onCheckedChange={onChange}
        disabled={isDisabled}
        className="relative h-3.5 w-6 cursor-pointer rounded-chip bg-line-strong after:absolute after:-inset-2 data-[state=checked]:bg-accent disabled:opacity-50"
      >
        <RadixSwitch.Thumb className="block size-2.5 translate-x-0.5 rounded-chip bg-panel data-[state=checked]:translate-x-3" />
      </RadixSwitch.Root>
    </span>
  );
}
