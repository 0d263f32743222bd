import { ArrowDown, ArrowUp } from 'lucide-react';
import { t } from '../../../text/translate.ts';
import type { Key } from '../../../text/en.ts';
import { headText } from './cell-looks.ts';
import { startsDescending, type Attribute, type Column } from './columns.ts';
import type { Board } from '../use-board.ts';
import type { BoardAction, BoardView } from '../view.ts';

const HEADS: Record<Exclude<Attribute, 'objective'>, Key> = {
  name: 'board.name',
  status: 'board.status',
  delta: 'board.vsBase',
  trend: 'board.trend',
  age: 'board.age',
  duration: 'board.duration',
  user: 'board.user',
  wire: 'board.wire',
};

export function columnTitle(column: Column, objective: Board['objective']): string {
  if (column.kind !== 'attribute') return headText(column);
  if (column.id !== 'objective') return t(HEADS[column.id]);
  return objective ? `${objective.metric} ${objective.aggregate}` : t('home.objective');
}

const RIGHT: ReadonlySet<string> = new Set(['objective', 'delta', 'age', 'duration']);

export function isRightAligned(column: Column, isNumeric: ReadonlyMap<string, boolean>): boolean {
  if (column.kind === 'attribute') return RIGHT.has(column.id);
  return column.kind === 'metric' || (isNumeric.get(column.id) ?? false);
}

/** Heads sort when clicked: first the column's own direction, then the other, then back to the usual order. */
export function TableHead({
  columns,
  template,
  view,
  board,
  change,
  isNumeric,
}: {
  readonly columns: readonly Column[];
  readonly template: string;
  readonly view: BoardView;
  readonly board: Board;
  readonly change: (action: BoardAction) => void;
  readonly isNumeric: ReadonlyMap<string, boolean>;
}) {
  const { objective } = board;
  return (
    <div role="rowgroup" className="sticky top-0 z-10 bg-panel">
      <div
        role="row"
        className="grid h-8 items-center gap-x-2.5 border-b border-line pl-4 pr-3 text-11 text-ink-3"
        style={{ gridTemplateColumns: template }}
      >
        <span role="columnheader">
          <span className="sr-only">{t('board.show')}</span>
        </span>
        <span role="columnheader" className="num">
          {t('board.run')}
        </span>
        {columns.map((column) => {
          const title = columnTitle(column, objective);
          const isSorted = view.sort
            ? view.sort.column === column.id
            : objective !== undefined && column.id === 'objective';
          const isDescending = view.sort?.isDescending ?? objective?.direction === 'max';
          const isRight = isRightAligned(column, isNumeric);
          return (
            <span
              key={column.id}
              role="columnheader"
              aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : 'none'}
              className="min-w-0"
            >
              <button
                type="button"
                title={title}
                onClick={() =>
                  change({
                    kind: 'sort-by',
                    column: column.id,
                    startsDescending: startsDescending(column, objective),
                  })
                }
                className={`flex h-7 w-full min-w-0 items-center gap-0.5 rounded-control hover:text-ink ${isRight ? 'justify-end' : ''} ${isSorted ? 'font-medium text-ink' : ''}`}
              >
                {isSorted && <Arrow isDown={isDescending} />}
                <Tail text={title} />
              </button>
            </span>
          );
        })}
      </div>
    </div>
  );
}

function Arrow({ isDown }: { readonly isDown: boolean }) {
  const Icon = isDown ? ArrowDown : ArrowUp;
  return <Icon size={10} strokeWidth={2} aria-hidden="true" className="shrink-0" />;
}

/** The end of a metric's name says most: long ones lose their middle. */
function Tail({ text }: { readonly text: string }) {
  return (
    <span className="truncate" dir="auto">
      {text}
    </span>
  );
}
