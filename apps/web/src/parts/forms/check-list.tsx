import { Search } from 'lucide-react';
import { useState } from 'react';
import { Checkbox } from '#ui/kit/Field.tsx';
import { Input } from '#ui/kit/Input.tsx';
import { tt } from '../../text/team/translate.ts';

export interface CheckOption {
  readonly id: string;
  readonly text: string;
  readonly note?: string;
}

const SEARCH_FROM = 8;
const MOST_SHOWN = 200;

/** Some of many by ticking them; with a search where they are more than fit. The chosen stay on top of what is found. */
export function CheckList({
  label,
  findLabel,
  options,
  chosen,
  onChange,
}: {
  readonly label: string;
  readonly findLabel: string;
  readonly options: readonly CheckOption[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}) {
  const [query, setQuery] = useState('');
  const [firstChosen] = useState(chosen);
  const wanted = query.trim().toLowerCase();
  const found = options
    .filter(({ text, note = '' }) => `${text} ${note}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => Number(firstChosen.has(b.id)) - Number(firstChosen.has(a.id)));
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  };
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-12 font-medium text-ink-2">{label}</legend>
      {options.length > SEARCH_FROM && (
        <Input
          label={findLabel}
          placeholder={findLabel}
          icon={<Search size={14} strokeWidth={1.5} aria-hidden="true" />}
          className="mb-1 flex w-full"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      )}
      <div className="max-h-56 overflow-y-auto rounded-control border border-line px-2 py-1">
        {found.slice(0, MOST_SHOWN).map(({ id, text, note }) => (
          <Checkbox key={id} checked={chosen.has(id)} onChange={() => toggle(id)}>
            <span className="flex min-w-0 items-baseline gap-2">
              <span className="truncate">{text}</span>
              {note !== undefined && <span className="truncate text-12 text-ink-3">{note}</span>}
            </span>
          </Checkbox>
        ))}
        {found.length === 0 && (
          <p className="py-1 text-12 text-ink-3">{tt('admin.noMatch', { text: query })}</p>
        )}
      </div>
    </fieldset>
  );
}
