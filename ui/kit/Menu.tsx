import { DropdownMenu } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly align?: 'start' | 'end';
  readonly children: ReactNode;
}

/** Not modal: the page stays scrollable, and no style element is injected. */
export function Menu({ trigger, align = 'start', children }: MenuProps): ReactElement {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-40 animate-appear overflow-y-auto rounded-panel bg-panel p-1 text-13 text-ink shadow-float"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const ITEM =
  'flex min-h-7 cursor-pointer items-center gap-2 rounded-control px-2 outline-none select-none data-disabled:cursor-default data-disabled:opacity-50 data-highlighted:bg-selected pointer-coarse:min-h-11';

export interface MenuItemProps {
  readonly icon?: ReactNode;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  readonly onSelect?: () => void;
  /** Makes its only child the element: an item that is a link. */
  readonly asChild?: boolean;
  readonly children: ReactNode;
}

/** Something to do, or somewhere to go. */
export function MenuItem(props: MenuItemProps): ReactElement {
  const { icon, isDanger = false, isDisabled = false, onSelect, asChild = false, children } = props;
  const className = isDanger ? `${ITEM} text-failed` : ITEM;
  if (asChild) {
    return (
      <DropdownMenu.Item asChild className={className}>
        {children}
      </DropdownMenu.Item>
    );
  }
  return (
    <DropdownMenu.Item className={className} disabled={isDisabled} {...(onSelect && { onSelect })}>
      {icon}
      {children}
    </DropdownMenu.Item>
  );
}

/** What the menu is about, above its items. */
export function MenuHeading({ children }: { readonly children: ReactNode }): ReactElement {
  return <DropdownMenu.Label className="px-2 py-1 text-12 text-ink-3">{children}</DropdownMenu.Label>;
}

export interface MenuChoiceProps<Value extends string> {
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of several: what a select box would be. */
export function MenuChoice<Value extends string>({
  value,
  options,
  onChange,
}: MenuChoiceProps<Value>): ReactElement {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={(next) => onChange(next as Value)}>
      {options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value} className={ITEM}>
          <Tick />
          <span className="flex-1 truncate">{option.text}</span>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuSeparator(): ReactElement {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}

function Tick(): ReactElement {
  return (
    <span className="inline-flex w-3 justify-center text-accent">
      <DropdownMenu.ItemIndicator>
        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
          <path
            d="m2.5 6.5 2.4 2.4 4.6-5.4"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
            strokeLinecap="round"
          />
        </svg>
      </DropdownMenu.ItemIndicator>
    </span>
  );
}
