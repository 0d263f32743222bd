import { Link } from '@tanstack/react-router';
import { memo, useCallback, useSyncExternalStore } from 'react';
import type { HoverBus } from '#ui/charts/hover-bus.ts';
import type { ShownRun } from '../../../parts/charts/shown-run.ts';
import { t } from '../../../text/translate.ts';
import type { CellLooks } from './cell-looks.ts';
import { Cell } from './cells.tsx';
import type { Column } from './columns.ts';
import { LineSample } from './line-sample.tsx';
import type { Row } from './rows.ts';
import { isRightAligned } from './table-head.tsx';
import type { Board } from '../use-board.ts';

export interface TableRowProps {
  readonly row: Row;
  readonly index: number;
  /** The first row of the sort, under baseline and pins: a stronger rule. */
  readonly isAfterTop: boolean;
  readonly line: ShownRun | undefined;
  readonly columns: readonly Column[];
  readonly template: string;
  readonly height: number;
  readonly looks: CellLooks;
  readonly board: Board;
  readonly bus: HoverBus;
  readonly isAtCursor: boolean;
  readonly isMarked: boolean;
  readonly onCursor: (run: number) => void;
  readonly onMark: (run: number) => void;
  readonly onMarkTo: (run: number) => void;
  readonly onToggleShown: (run: number) => void;
}

export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { row, line, columns, looks, board, bus, isAtCursor, isMarked } = props;
  const { run } = row;
  const isHovered = useSyncExternalStore(
    useCallback((listener: () => void) => bus.subscribe(listener), [bus]),
    () => bus.get().id === run.id,
  );
  const ground = isHovered || isMarked ? 'bg-selected' : 'hover:bg-hover';
  return (
    <div
      role="row"
      aria-rowindex={props.index + 2}
      aria-selected={isMarked}
      data-number={run.number}
      onPointerEnter={() => bus.set({ id: run.id })}
      onPointerLeave={() => bus.set({ id: null })}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('a, button')) return;
        if (event.shiftKey) props.onMarkTo(run.number);
        else if (event.ctrlKey || event.metaKey) props.onMark(run.number);
        props.onCursor(run.number);
      }}
      // Shift would select the text in between as well.
      onMouseDown={(event) => {
        if (event.shiftKey) event.preventDefault();
      }}
      className={`grid items-center gap-x-2.5 border-t pl-4 pr-3 text-12 leading-4 ${ground} ${
        props.isAfterTop ? 'border-line-strong' : props.index === 0 ? 'border-transparent' : 'border-line/60'
      } ${line ? '' : 'text-ink-2'} ${isAtCursor ? 'shadow-[inset_2px_0_0_var(--accent)]' : ''}`}
      style={{ gridTemplateColumns: props.template, height: props.height }}
    >
      <span role="cell">
        <button
          type="button"
          aria-pressed={line !== undefined}
          aria-label={t('board.toggleShown', { number: String(run.number) })}
          onClick={() => props.onToggleShown(run.number)}
          className="-mx-1.5 flex size-6 items-center justify-center rounded-control hover:bg-hover"
        >
          <LineSample line={line} />
        </button>
      </span>
      <span role="cell" className="num">
        <Link
          to="/p/$project/runs/$number/{-$tab}"
          params={{ project: board.segment, number: String(run.number) }}
          className="rounded-control font-medium hover:underline"
        >
          {run.number}
        </Link>
      </span>
      {columns.map((column) => (
        <span
          key={column.id}
          role="cell"
          className={`min-w-0 ${isRightAligned(column, looks.isNumeric) ? 'num' : 'truncate'}`}
        >
          <Cell column={column} row={row} line={line} looks={looks} board={board} />
        </span>
      ))}
    </div>
  );
});
