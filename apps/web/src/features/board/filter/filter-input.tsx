import { useQuery } from '@tanstack/react-query';
import { ListFilter, X } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { fieldsQuery } from '../../../api/queries.ts';
import { t } from '../../../text/translate.ts';
import { FILTER_ID } from '../board-keys.ts';
import { FilterMirror } from './filter-mirror.tsx';

type Language = typeof import('./filter-language.ts');

/** Loaded when somebody first wants to filter. */
const loadLanguage = (): Promise<Language> => import('./filter-language.ts');
const MOST = 8;

export interface FilterInputProps {
  readonly filter: string;
  readonly project: string;
  /** What the server said of the filter in force. */
  readonly fault: { readonly message: string; readonly position?: number | undefined } | undefined;
  readonly note: string | undefined;
  readonly onFilter: (filter: string) => void;
}

/** Cairn's filter language: completes as one types, underlines the mistake, and applies when the text is right. */
export function FilterInput({ filter, project, fault, note, onFilter }: FilterInputProps) {
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(filter);
  const [known, setKnown] = useState(filter);
  const [language, setLanguage] = useState<Language>();
  /** Where completions are wanted; undefined while the list is closed. */
  const [cursor, setCursor] = useState<number>();
  const [active, setActive] = useState(-1);
  const [scroll, setScroll] = useState(0);
  if (known !== filter) {
    setKnown(filter);
    setText(filter);
  }
  const { data: fields } = useQuery({ ...fieldsQuery(project), enabled: language !== undefined });
  const names = useMemo(() => {
    const namesOf = (list: readonly { readonly name: string }[] = []): string[] =>
      list.map(({ name }) => name);
    return {
      metrics: namesOf(fields?.metrics),
      params: namesOf(fields?.params),
      tags: namesOf(fields?.tags),
    };
  }, [fields]);
  const [isWanted, setWanted] = useState(filter !== '');
  useEffect(() => {
    if (isWanted) void loadLanguage().then(setLanguage);
  }, [isWanted]);

  const typed = useMemo(() => language?.mistakeIn(text), [language, text]);
  const mistake =
    typed ??
    (text === filter && fault ? { message: fault.message, position: fault.position ?? 0 } : undefined);
  // Only of the filter in force, and only once the names are there: a run that logs a new one brings it.
  const unknown = useMemo(
    () =>
      language && fields && filter !== '' && text === filter ? language.unknownNames(filter, names) : [],
    [language, fields, filter, text, names],
  );
  const completion = useMemo(
    () => (cursor === undefined ? undefined : language?.completionsFor(text, cursor, names)),
    [language, text, cursor, names],
  );
  const options = completion?.options.slice(0, MOST) ?? [];
  const isOpen = options.length > 0;

  const apply = async (value: string): Promise<void> => {
    setCursor(undefined);
    if (value === filter) return;
    const { mistakeIn } = language ?? (await loadLanguage());
    if (!mistakeIn(value)) onFilter(value);
  };
  const suggest = (at: number): void => {
    setActive(-1);
    setCursor(at);
  };
  const take = (option: string): void => {
    if (!completion) return;
    const head = text.slice(0, completion.from) + option;
    const next = `${head} ${text.slice(completion.to).trimStart()}`;
    // At once: what is typed next belongs behind it.
    flushSync(() => setText(next));
    input.current?.setSelectionRange(head.length + 1, head.length + 1);
    suggest(head.length + 1);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!isOpen) return suggest(input.current?.selectionStart ?? text.length);
      const by = event.key === 'ArrowDown' ? 1 : -1;
      setActive((active + by + options.length) % options.length);
      event.preventDefault();
    } else if ((event.key === 'Tab' || event.key === 'Enter') && isOpen && active >= 0) {
      take(options[active] as string);
      event.preventDefault();
    } else if (event.key === 'Enter') {
      void apply(text.trim());
    } else if (event.key === 'Escape') {
      if (isOpen) setCursor(undefined);
      else input.current?.blur();
    }
  };

  return (
    <div className="relative min-w-0 flex-1 max-sm:basis-full">
      <label
        className={`flex h-7 items-center gap-1.5 rounded-control border bg-panel px-2 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent ${mistake ? 'border-failed' : 'border-line-strong'}`}
      >
        <ListFilter size={14} strokeWidth={1.5} className="shrink-0 text-ink-2" />
        <span className="relative min-w-0 flex-1 overflow-hidden font-mono text-12">
          <FilterMirror
            text={text}
            pieces={language?.fieldsIn(text) ?? []}
            mistake={mistake?.position}
            scroll={scroll}
          />
          <input
            ref={input}
            id={FILTER_ID}
            role="combobox"
            aria-label={t('board.filter')}
            aria-expanded={isOpen}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
            aria-invalid={mistake !== undefined}
            aria-describedby={mistake ? `${listId}-mistake` : undefined}
            value={text}
            placeholder={t('board.filterHint')}
            spellCheck={false}
            autoComplete="off"
            onFocus={() => setWanted(true)}
            onChange={(event) => {
              setText(event.target.value);
              suggest(event.target.selectionStart ?? event.target.value.length);
            }}
            onScroll={(event) => setScroll(event.currentTarget.scrollLeft)}
            onKeyDown={onKey}
            onBlur={() => void apply(text.trim())}
            className="relative w-full bg-transparent text-transparent caret-ink outline-none placeholder:text-ink-3"
          />
        </span>
        {text !== '' && (
          <button
            type="button"
            aria-label={t('action.clear')}
            className="flex size-5 items-center justify-center rounded-control text-ink-3 hover:bg-hover"
            onClick={() => {
              setText('');
              void apply('');
            }}
          >
            <X size={12} />
          </button>
        )}
        <span className="whitespace-nowrap text-12 text-ink-3">{note}</span>
        <kbd className="rounded-control border border-line px-1 font-sans text-11 text-ink-3 max-sm:hidden">
          /
        </kbd>
      </label>
      {unknown.length > 0 && !isOpen && !mistake && (
        <p
          role="status"
          className="absolute left-0 top-8 z-20 rounded-panel bg-panel px-3 py-1.5 text-12 text-warning shadow-float"
        >
          {t('board.unknownNames', { names: [...new Set(unknown)].join(', ') })}
        </p>
      )}
      {(isOpen || mistake) && (
        <div className="absolute inset-x-0 top-8 z-20 rounded-panel bg-panel p-1 shadow-float empty:hidden">
          {mistake && text !== '' && !isOpen && (
            <p id={`${listId}-mistake`} role="alert" className="px-2 py-1 text-12 text-failed">
              {mistake.message}
            </p>
          )}
          {isOpen && (
            <div id={listId} role="listbox" aria-label={t('board.filter')}>
              {options.map((option, i) => (
                <div
                  key={option}
                  id={`${listId}-${i}`}
                  role="option"
                  aria-selected={i === active}
                  // Before the blur that would apply the text as it is.
                  onPointerDown={(event) => {
                    event.preventDefault();
                    take(option);
                  }}
                  className="flex h-7 cursor-pointer items-center rounded-control px-2 font-mono text-12 hover:bg-hover aria-selected:bg-selected"
                >
                  {option}
                </div>
              ))}
            </div>
          )}
        </div>
      )}
    </div>
  );
}
