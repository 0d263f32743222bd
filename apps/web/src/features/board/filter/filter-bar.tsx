import { ChevronDown, Columns3 } from 'lucide-react';
import { ApiError } from '#core/contract/client.ts';
import { Button } from '#ui/kit/Button.tsx';
import { Menu, MenuChoice, MenuSeparator } from '#ui/kit/Menu.tsx';
import { Popover } from '#ui/kit/Popover.tsx';
import { Segmented } from '#ui/kit/Segmented.tsx';
import { count } from '../../../text/numbers.ts';
import { t } from '../../../text/translate.ts';
import { ColumnPicker } from './column-picker.tsx';
import { FilterInput } from './filter-input.tsx';
import { columnTitle } from '../table/table-head.tsx';
import type { Board } from '../use-board.ts';
import type { BoardAction, BoardView } from '../view.ts';

export interface FilterBarProps {
  readonly view: BoardView;
  readonly board: Board;
  readonly change: (action: BoardAction) => void;
}

/** Which runs, in which order, with which columns, and what of the board is seen. */
export function FilterBar({ view, board, change }: FilterBarProps) {
  const fault = board.found.error instanceof ApiError ? board.found.error.fault : undefined;
  return (
    <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-(--gutter) max-sm:h-auto max-sm:flex-wrap max-sm:px-3 max-sm:py-2">
      <FilterInput
        filter={view.filter}
        project={board.id}
        fault={fault?.code === 'invalid' ? fault : undefined}
        note={howMany(view, board)}
        onFilter={(filter) => change({ kind: 'set', change: { filter } })}
      />
      <SortChoice view={view} board={board} change={change} />
      <Popover
        label={t('board.columns')}
        align="end"
        trigger={
          <Button icon={<Columns3 size={14} strokeWidth={1.5} aria-hidden="true" />}>
            {t('board.columns')} <span className="text-ink-3">{board.columns.length}</span>
          </Button>
        }
      >
        <ColumnPicker view={view} board={board} change={change} />
      </Popover>
      <span className="max-sm:hidden">
        <Segmented
          label={t('board.layout')}
          value={view.layout}
          options={[
            { value: 'table', text: t('board.table') },
            { value: 'both', text: t('board.both') },
            { value: 'charts', text: t('board.charts') },
          ]}
          onChange={(layout) => change({ kind: 'set', change: { layout } })}
        />
      </span>
    </div>
  );
}

function howMany(view: BoardView, board: Board): string | undefined {
  if (board.total === undefined) return undefined;
  if (view.filter === '') return t('board.runs', { count: board.total });
  const all = board.project.data?.runs ?? board.total;
  return t('board.runsOf', { count: count(board.total), total: count(all) });
}

function SortChoice({ view, board, change }: FilterBarProps) {
  const { objective, columns } = board;
  const sortable = columns.filter(({ id }) => id !== 'trend' && id !== 'delta');
  const active: string = view.sort?.column ?? (objective ? 'objective' : 'age');
  const isDescending = view.sort?.isDescending ?? objective?.direction === 'max';
  const column = sortable.find(({ id }) => id === active);
  const sort = (by: string, isDown: boolean): void =>
    change({ kind: 'set', change: { sort: { column: by, isDescending: isDown } } });
  return (
    <span className="max-lg:hidden">
      <Menu
        align="end"
        trigger={
          <Button className="max-w-52">
            {t('board.sort')}
            <b className="truncate font-medium">{column ? columnTitle(column, objective) : active}</b>
            <ChevronDown size={12} className="shrink-0" aria-hidden="true" />
          </Button>
        }
      >
        <MenuChoice
          value={active}
          options={sortable.map((each) => ({ value: each.id, text: columnTitle(each, objective) }))}
          onChange={(id) => sort(id, isDescending)}
        />
        <MenuSeparator />
        <MenuChoice
          value={isDescending ? 'desc' : 'asc'}
          options={[
            { value: 'asc', text: t('board.asc') },
            { value: 'desc', text: t('board.desc') },
          ]}
          onChange={(direction) => sort(active, direction === 'desc')}
        />
      </Menu>
    </span>
  );
}
