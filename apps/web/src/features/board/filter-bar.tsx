import { ApiError } from '#core/contract/client.ts';
import { ChevronDown, Columns3 } from 'lucide-react';
import { Choices, controlClass, Popover } from '../../parts/popover.tsx';
import { count } from '../../text/numbers.ts';
import { t } from '../../text/translate.ts';
import { ColumnPicker } from './column-picker.tsx';
import { FilterInput } from './filter-input.tsx';
import { columnTitle } from './table-head.tsx';
import type { Board } from './use-board.ts';
import type { BoardAction, BoardView, Layout } from './view.ts';

/** Which runs, in which order, with which columns, and what of the board is seen. */
export function FilterBar({
  view,
  board,
  change,
}: {
  readonly view: BoardView;
  readonly board: Board;
  readonly change: (action: BoardAction) => void;
}) {
  const fault = board.found.error instanceof ApiError ? board.found.error.fault : undefined;
  const layouts: ReadonlyArray<readonly [Layout, string]> = [
    ['table', t('board.table')],
    ['both', t('board.both')],
    ['charts', t('board.charts')],
  ];
  return (
    <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-[var(--gutter)] max-sm:h-auto max-sm:flex-wrap max-sm:px-3 max-sm:py-2">
      <FilterInput
        filter={view.filter}
        project={board.id}
        fault={fault?.code === 'invalid' ? fault : undefined}
        note={
          board.total === undefined
            ? undefined
            : view.filter === ''
              ? t('board.runs', { count: board.total })
              : t('board.runsOf', {
                  count: count(board.total),
                  total: count(board.project.data?.runs ?? board.total),
                })
        }
        onFilter={(filter) => change({ kind: 'set', change: { filter } })}
      />
      <SortChoice view={view} board={board} change={change} />
      <Popover
        button={
          <>
            <Columns3 size={14} strokeWidth={1.5} />
            {t('board.columns')} <span className="text-ink-3">{board.columns.length}</span>
          </>
        }
      >
        {() => <ColumnPicker view={view} board={board} change={change} />}
      </Popover>
      <div
        role="group"
        aria-label={t('board.layout')}
        className="flex h-7 shrink-0 overflow-hidden rounded-control border border-line bg-panel max-sm:hidden"
      >
        {layouts.map(([layout, label]) => (
          <button
            key={layout}
            type="button"
            aria-pressed={view.layout === layout}
            onClick={() => change({ kind: 'set', change: { layout } })}
            className="border-r border-line px-2 text-ink-2 last:border-r-0 hover:text-ink aria-pressed:bg-sunk aria-pressed:font-medium aria-pressed:text-ink"
          >
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}

function SortChoice({ view, board, change }: Parameters<typeof FilterBar>[0]) {
  const { objective, columns } = board;
  const sortable = columns.filter(({ id }) => id !== 'trend' && id !== 'delta');
  const active = view.sort?.column ?? (objective ? 'objective' : 'age');
  const isDescending = view.sort?.isDescending ?? objective?.direction === 'max';
  const column = sortable.find(({ id }) => id === active);
  return (
    <span className="max-md:hidden">
      <Popover
        className={`${controlClass} max-w-52`}
        button={
          <>
            {t('board.sort')}
            <b className="truncate font-medium">{column ? columnTitle(column, objective) : active}</b>
            <ChevronDown size={12} className="shrink-0" />
          </>
        }
      >
        {(close) => (
          <>
            <Choices
              options={sortable.map((each) => [each.id as string, columnTitle(each, objective)] as const)}
              value={active}
              onChoose={(id) => {
                change({ kind: 'set', change: { sort: { column: id, isDescending } } });
                close();
              }}
            />
            <div className="my-1 border-t border-line" />
            <Choices
              options={[
                ['asc', t('board.asc')],
                ['desc', t('board.desc')],
              ]}
              value={isDescending ? 'desc' : 'asc'}
              onChoose={(direction) => {
                change({
                  kind: 'set',
                  change: { sort: { column: active, isDescending: direction === 'desc' } },
                });
                close();
              }}
            />
          </>
        )}
      </Popover>
    </span>
  );
}
