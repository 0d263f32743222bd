import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Input } from '#ui/kit/Input.tsx';
import { fieldsQuery } from '../../../api/queries.ts';
import { count } from '../../../text/numbers.ts';
import { t } from '../../../text/translate.ts';
import { ATTRIBUTES, parseColumn } from '../table/columns.ts';
import { columnTitle } from '../table/table-head.tsx';
import type { Board } from '../use-board.ts';
import type { BoardAction, BoardView } from '../view.ts';

/** A project may have ten thousand names: what is listed is what is looked for. */
const LISTED = 60;

export function ColumnPicker({
  view,
  board,
  change,
}: {
  readonly view: BoardView;
  readonly board: Board;
  readonly change: (action: BoardAction) => void;
}) {
  const [query, setQuery] = useState('');
  const { data: fields } = useQuery(fieldsQuery(board.id));
  const chosen: readonly string[] = board.columns.map(({ id }) => id);
  const wanted = query.trim().toLowerCase();
  const known = [
    ...ATTRIBUTES.map((id) => ({ id, runs: undefined })),
    ...(fields?.params ?? []).map(({ name, runs }) => ({ id: `params.${name}`, runs })),
    ...(fields?.metrics ?? []).flatMap(({ name, runs }) =>
      ['', '~min', '~max'].map((aggregate) => ({ id: `metrics.${name}${aggregate}`, runs })),
    ),
    ...(fields?.tags ?? [])
      .filter(({ name }) => !name.startsWith('mlflow.'))
      .map(({ name, runs }) => ({ id: `tags.${name}`, runs })),
  ].filter(({ id }) => id.toLowerCase().includes(wanted));
  const listed = known.slice(0, LISTED);
  const toggle = (id: string): void => {
    const columns = chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id];
    change({ kind: 'set', change: { columns } });
  };
  return (
    <div className="flex w-72 flex-col">
      <Input
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        placeholder={t('board.columnsFind')}
        label={t('board.columnsFind')}
        className="mb-2"
      />
      <div className="max-h-[50dvh] overflow-y-auto">
        {listed.map(({ id, runs }) => {
          const column = parseColumn(id);
          if (!column) return null;
          const [kind] = id.split('.');
          return (
            <label
              key={id}
              className="flex h-7 items-center gap-2 rounded-control px-2 text-12 hover:bg-hover"
            >
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={() => toggle(id)}
                className="accent-(--accent)"
              />
              <span className="truncate font-mono">{columnTitle(column, board.objective)}</span>
              <span className="ml-auto whitespace-nowrap text-11 text-ink-3">
                {column.kind === 'attribute' ? '' : kind}
                {runs !== undefined && ` ${count(runs)}`}
              </span>
            </label>
          );
        })}
        {known.length > LISTED && (
          <p className="px-2 py-1 text-11 text-ink-3">{t('chart.more', { count: known.length - LISTED })}</p>
        )}
      </div>
      {view.columns && (
        <Button
          look="quiet"
          className="mt-2 justify-start text-accent!"
          onClick={() => change({ kind: 'set', change: { columns: undefined } })}
        >
          {t('board.columnsReset')}
        </Button>
      )}
    </div>
  );
}
