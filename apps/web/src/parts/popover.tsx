import { useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';

const EDGE = 8;

/**
 * A button and what it opens, beside it and never over what it changes. The browser's own popover: it lies in the top
 * layer, closes on Esc or a click elsewhere and gives the focus back. Its content exists while it is open.
 */
export function Popover({
  label,
  button,
  className,
  children,
}: {
  /** What the button does, where its content does not say it. */
  readonly label?: string;
  readonly button: ReactNode;
  readonly className?: string;
  readonly children: (close: () => void) => ReactNode;
}) {
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  useLayoutEffect(() => {
    const element = box.current;
    const from = opener.current?.getBoundingClientRect();
    if (!isOpen || !element || !from) return;
    const { width, height } = element.getBoundingClientRect();
    const left = Math.max(EDGE, Math.min(from.left, innerWidth - width - EDGE));
    const isBelow = from.bottom + 4 + height + EDGE <= innerHeight || from.top < height;
    const top = isBelow ? from.bottom + 4 : from.top - height - 4;
    element.style.left = `${left}px`;
    element.style.top = `${Math.max(EDGE, top)}px`;
  });
  return (
    <>
      <button
        ref={opener}
        type="button"
        popoverTarget={id}
        aria-label={label}
        aria-expanded={isOpen}
        className={className ?? controlClass}
      >
        {button}
      </button>
      <div
        ref={box}
        id={id}
        popover="auto"
        onToggle={(event) => setOpen(event.newState === 'open')}
        className="fixed inset-auto m-0 max-h-[70dvh] max-w-[calc(100vw-16px)] overflow-auto rounded-panel border-0 bg-panel p-1 text-ink shadow-float"
      >
        {isOpen && children(() => box.current?.hidePopover())}
      </div>
    </>
  );
}

export const controlClass =
  'flex h-7 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-control border border-line bg-panel px-2.5 hover:border-line-strong';

/** One of a few values; the chosen one carries a mark. */
export function Choices<T extends string | number>({
  options,
  value,
  onChoose,
}: {
  readonly options: ReadonlyArray<readonly [value: T, label: ReactNode]>;
  readonly value: T;
  readonly onChoose: (value: T) => void;
}) {
  return (
    <div role="menu" className="flex min-w-28 flex-col">
      {options.map(([option, label]) => (
        <button
          key={option}
          type="button"
          role="menuitemradio"
          aria-checked={option === value}
          onClick={() => onChoose(option)}
          className={`flex h-7 items-center justify-between gap-3 rounded-control px-2 text-left hover:bg-hover ${option === value ? 'font-medium' : 'text-ink-2'}`}
        >
          {label}
          {option === value && <span aria-hidden="true">✓</span>}
        </button>
      ))}
    </div>
  );
}
