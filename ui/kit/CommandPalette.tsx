import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useId, useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';

import { classes } from './classes.ts';
import { Highlighted } from './Highlighted.tsx';
import { Kbd } from './Kbd.tsx';

export interface Command {
  readonly id: string;
  readonly icon?: ReactNode;
  readonly title: string;
  /** After the title, dimmed. */
  readonly hint?: string;
  /** At the right end: a value, or the key that does the same. */
  readonly trailing?: ReactNode;
  readonly shortcut?: string;
}

export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly Command[];
}

export interface CommandPaletteProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly query: string;
  readonly onQueryChange: (query: string) => void;
  /** What fits the query, best first; `matchText` finds and orders, or a server. */
  readonly groups: readonly CommandGroup[];
  readonly onRun: (command: Command, how: { readonly inNewTab: boolean }) => void;
  readonly label: string;
  readonly placeholder: string;
  /** Where the search looks: "in ocr". */
  readonly scope?: ReactNode;
  readonly emptyText: string;
  /** Keys at the foot. */
  readonly foot?: ReactNode;
}

/** Type, choose with the arrows, Enter. The list belongs to the owner, the keyboard to the palette. */
export function CommandPalette(props: CommandPaletteProps): ReactElement {
  const { isOpen, onOpenChange, label } = props;
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[min(136px,8vh)] left-1/2 z-50 flex max-h-[min(560px,84vh)] w-[min(680px,calc(100vw-16px))] -translate-x-1/2 flex-col rounded-panel bg-panel text-ink shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">{label}</Dialog.Title>
          <PaletteBody {...props} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody(props: CommandPaletteProps): ReactElement {
  const { query, onQueryChange, groups, onRun, label, placeholder, scope, emptyText, foot } = props;
  const listId = useId();
  const all = groups.flatMap((group) => group.commands);
  const [chosenId, setChosenId] = useState<string>();
  const at = Math.max(
    0,
    all.findIndex((command) => command.id === chosenId),
  );
  const chosen = all[at];
  const reveal = (option: HTMLElement | null): void => option?.scrollIntoView({ block: 'nearest' });
  const optionId = (command: Command): string => `${listId}-${command.id}`;

  const steer = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && all.length > 0) {
      event.preventDefault();
      setChosenId(all[(at + step + all.length) % all.length]?.id);
    } else if (event.key === 'Enter' && chosen !== undefined && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onRun(chosen, { inNewTab: event.ctrlKey || event.metaKey });
    }
  };

  return (
    <>
      <div className="flex h-12 shrink-0 items-center gap-3 border-b border-line px-4">
        <Search size={16} className="text-ink-2" aria-hidden="true" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-label={label}
          aria-activedescendant={chosen === undefined ? undefined : optionId(chosen)}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          value={query}
          onChange={(event) => {
            setChosenId(undefined);
            onQueryChange(event.target.value);
          }}
          onKeyDown={steer}
          className="min-w-0 flex-1 bg-transparent text-14 outline-none placeholder:text-ink-3"
        />
        {scope}
        <Kbd>Esc</Kbd>
      </div>
      <div id={listId} role="listbox" aria-label={label} className="min-h-0 flex-1 overflow-y-auto p-1">
        {groups.map((group) =>
          group.commands.length === 0 ? null : (
            <div key={group.title} role="group" aria-label={group.title}>
              <div
                aria-hidden="true"
                className="px-3 pt-2 pb-1 text-11 font-medium tracking-[0.04em] text-ink-3 uppercase"
              >
                {group.title}
              </div>
              {group.commands.map((command) => (
                <div
                  key={command.id}
                  ref={command.id === chosenId ? reveal : undefined}
                  id={optionId(command)}
                  role="option"
                  aria-selected={command === chosen}
                  tabIndex={-1}
                  onPointerMove={() => setChosenId(command.id)}
                  onClick={(event) => onRun(command, { inNewTab: event.ctrlKey || event.metaKey })}
                  onKeyDown={steer}
                  className={classes(
                    'flex h-8.5 cursor-pointer items-center gap-3 rounded-control px-3 text-13',
                    command === chosen && 'bg-selected',
                  )}
                >
                  <span className="inline-flex w-4 shrink-0 justify-center text-ink-2">{command.icon}</span>
                  <span className="truncate">
                    <Highlighted text={command.title} query={query} />
                  </span>
                  {command.hint !== undefined && (
                    <span className="truncate text-12 text-ink-2">{command.hint}</span>
                  )}
                  <span className="ml-auto flex shrink-0 items-center gap-2 text-12">
                    {command.trailing}
                    {command.shortcut !== undefined && <Kbd>{command.shortcut}</Kbd>}
                  </span>
                </div>
              ))}
            </div>
          ),
        )}
        {all.length === 0 && <p className="px-3 py-6 text-center text-ink-3">{emptyText}</p>}
      </div>
      {foot !== undefined && (
        <div className="flex h-9 shrink-0 items-center gap-4 border-t border-line px-4 text-12 text-ink-2">
          {foot}
        </div>
      )}
    </>
  );
}
