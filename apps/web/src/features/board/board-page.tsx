import { Link } from '@tanstack/react-router';
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { HoverBus } from '#ui/charts/hover-bus.ts';
import { ApiError } from '#core/contract/client.ts';
import { PageError } from '../../shell/page-error.tsx';
import { Missing } from '../../shell/missing-page.tsx';
import { Crumbs, PageActions, useTitle } from '../../shell/top-bar-slots.tsx';
import { t } from '../../text/translate.ts';
import { ChartPane } from './charts/chart-pane.tsx';
import { CopyLink } from './copy-link.tsx';
import { FilterBar } from './filter/filter-bar.tsx';
import { ProjectMenu } from './project-menu.tsx';
import { RunsTable } from './table/runs-table.tsx';
import { SelectionBar } from './table/selection-bar.tsx';
import { Split } from './split.tsx';
import { useBoard, useBoardView } from './use-board.ts';
import { useBoardKeys } from './board-keys.ts';
import type { Row } from './table/rows.ts';
import type { BoardAction } from './view.ts';

/** The table is the legend: runs on the left, the charts of the shown ones on the right, all of it in the URL. */
export function BoardPage() {
  const [view, change] = useBoardView();
  const board = useBoard(view);
  const [cursor, setCursor] = useState<number>();
  const marked = useMemo(() => new Set(view.marked), [view.marked]);
  const bus = useMemo(() => new HoverBus(), []);
  const toggleMark = useCallback((run: number) => change({ kind: 'toggle-mark', run }), [change]);
  const markTo = useMarkTo(board.rows, cursor, change);
  useBoardKeys({ view, board, change, cursor, setCursor, toggleMark });
  const name = board.project.data?.name ?? board.id;
  const { error } = board.project;
  useTitle(error ? undefined : `${name} ${t('board.title')}`);
  if (error instanceof ApiError && error.status === 404) return <Missing text={error.message} />;
  if (error) return <PageError error={error} onRetry={() => void board.project.refetch()} />;
  const isFilterWrong = isFilterError(board.found.error);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Crumbs>
        <Link to="/projects" className="text-ink-3 hover:text-ink max-sm:hidden">
          {t('projects.title')}
        </Link>
        <span className="text-ink-3 max-sm:hidden">/</span>
        <h1 className="truncate font-semibold">{name}</h1>
      </Crumbs>
      <PageActions>
        <CopyLink />
        <ProjectMenu id={board.id} segment={board.segment} name={name} />
      </PageActions>
      <FilterBar view={view} board={board} change={change} />
      {board.found.error && !isFilterWrong ? (
        <PageError error={board.found.error} onRetry={() => void board.found.refetch()} />
      ) : (
        <Split
          layout={view.layout}
          width={view.tableWidth}
          onWidth={(tableWidth) => change({ kind: 'set', change: { tableWidth } })}
          left={
            <>
              <RunsTable
                view={view}
                board={board}
                change={change}
                bus={bus}
                cursor={cursor}
                onCursor={setCursor}
                marked={marked}
                onMark={toggleMark}
                onMarkTo={markTo}
              />
              <SelectionBar
                view={view}
                board={board}
                change={change}
                marked={marked}
                onClear={() => change({ kind: 'set', change: { marked: [] } })}
              />
            </>
          }
          right={<ChartPane view={view} board={board} change={change} bus={bus} />}
        />
      )}
    </div>
  );
}

/** A mistake in the filter is shown where it was made; the runs of the last good filter stay. */
function isFilterError(error: unknown): boolean {
  return error instanceof ApiError && error.fault.code === 'invalid';
}

/** Selects the rows from the cursor to a run; the function stays the same, so that no row is drawn anew for it. */
function useMarkTo(
  rows: readonly Row[],
  cursor: number | undefined,
  change: (action: BoardAction) => void,
): (run: number) => void {
  const latest = useRef({ rows, cursor });
  useLayoutEffect(() => {
    latest.current = { rows, cursor };
  }, [rows, cursor]);
  return useCallback(
    (run) => {
      const numbers = latest.current.rows.map((row) => row.run.number);
      const to = numbers.indexOf(run);
      const from = latest.current.cursor === undefined ? to : numbers.indexOf(latest.current.cursor);
      if (to < 0) return;
      const start = Math.min(to, from < 0 ? to : from);
      change({ kind: 'mark', runs: numbers.slice(start, Math.max(to, from) + 1) });
    },
    [change],
  );
}
