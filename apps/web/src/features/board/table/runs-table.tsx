import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useMemo, useRef } from 'react';
import type { HoverBus } from '#ui/charts/hover-bus.ts';
import { PHONE, useMedia } from '../../../parts/use-media.ts';
import { SkeletonRows } from '../../../parts/placeholders.tsx';
import { t } from '../../../text/translate.ts';
import { cellLooks, gridColumns } from './cell-looks.ts';
import { TableHead } from './table-head.tsx';
import { TableRow } from './table-row.tsx';
import type { Board } from '../use-board.ts';
import type { BoardAction, BoardView } from '../view.ts';

export interface RunsTableProps {
  readonly view: BoardView;
  readonly board: Board;
  readonly change: (action: BoardAction) => void;
  readonly bus: HoverBus;
  readonly cursor: number | undefined;
  readonly onCursor: (run: number) => void;
  readonly marked: ReadonlySet<number>;
  readonly onMark: (run: number) => void;
  /** Selects everything from the cursor to this run. */
  readonly onMarkTo: (run: number) => void;
}

const ROW = 28;
const TOUCH_ROW = 44;
/** What a phone has room for. */
const NARROW: ReadonlySet<string> = new Set(['name', 'objective', 'delta']);

/** Only what is in view exists; a hundred thousand runs scroll like a hundred. */
export function RunsTable(props: RunsTableProps) {
  const { view, board, change, bus, cursor, onCursor, marked, onMark, onMarkTo } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, shown, found, reading, best } = board;
  const isNarrow = useMedia(PHONE);
  const columns = useMemo(
    () => (isNarrow ? board.columns.filter(({ id }) => NARROW.has(id)) : board.columns),
    [board.columns, isNarrow],
  );
  const height = isNarrow ? TOUCH_ROW : ROW;
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises this page, which is what the rule guards
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    getItemKey: (index) => rows[index]?.run.id ?? index,
  });
  const looks = useMemo(
    () => cellLooks(board.runs, columns, reading, best),
    [board.runs, columns, reading, best],
  );
  const grid = useMemo(() => gridColumns(columns, board.runs, looks), [columns, board.runs, looks]);
  const lineOf = useMemo(() => new Map(shown.map((line) => [line.run.id, line])), [shown]);
  const numbers = useMemo(() => shown.map(({ run }) => run.number), [shown]);

  const at = cursor === undefined ? -1 : rows.findIndex(({ run }) => run.number === cursor);
  const { scrollToIndex } = virtual;
  const reveal = useEffectEvent(() => {
    if (at >= 0) scrollToIndex(at);
  });
  useEffect(() => reveal(), [cursor]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= rows.length - 40) void fetchNextPage();
  }, [last, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  return (
    <div
      ref={scroller}
      tabIndex={0}
      aria-label={t('board.rows')}
      role="group"
      className="min-h-0 flex-1 overflow-auto outline-none max-sm:max-h-[60dvh]"
      style={{ scrollbarWidth: 'thin' }}
    >
      <div
        role="table"
        aria-label={t('board.rows')}
        aria-rowcount={rows.length + 1}
        style={{ minWidth: grid.minWidth }}
      >
        <TableHead
          columns={columns}
          template={grid.template}
          view={view}
          board={board}
          change={change}
          isNumeric={looks.isNumeric}
        />
        {found.isPending ? (
          <SkeletonRows rows={16} height={height} />
        ) : rows.length === 0 ? (
          <p className="px-4 py-3 text-12 text-ink-3">
            {view.filter === '' ? t('board.noRunsYet') : t('board.noRuns')}
          </p>
        ) : (
          <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
            {items.map(({ index, key, start }) => {
              const row = rows[index];
              if (!row) return null;
              const { run } = row;
              return (
                <div
                  key={key}
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <TableRow
                    row={row}
                    index={index}
                    isAfterTop={row.place === 'plain' && index > 0 && rows[index - 1]?.place !== 'plain'}
                    line={lineOf.get(run.id)}
                    columns={columns}
                    template={grid.template}
                    height={height}
                    looks={looks}
                    board={board}
                    bus={bus}
                    isAtCursor={run.number === cursor}
                    isMarked={marked.has(run.number)}
                    onCursor={onCursor}
                    onMark={onMark}
                    onMarkTo={onMarkTo}
                    onToggleShown={(number) =>
                      change({ kind: 'toggle-shown', runs: [number], shown: numbers })
                    }
                  />
                </div>
              );
            })}
          </div>
        )}
      </div>
    </div>
  );
}
