import { useQuery, useInfiniteQuery, keepPreviousData } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { ObjectiveJson, RunJson } from '#core/contract/schemas.ts';
import { useLive } from '../../api/live.ts';
import { projectQuery, runsQuery } from '../../api/queries.ts';
import { objectiveValue } from '../../api/run-values.ts';
import { shownRuns } from '../../parts/charts/shown-run.ts';
import { useNow } from '../../parts/use-now.ts';
import { projectOfSegment } from '../../shell/address/addresses.ts';
import { parseColumn, serverOrder, usualColumns, type Column, type Reading } from './table/columns.ts';
import { arrangeRows } from './table/rows.ts';
import { boardRoute } from './route.ts';
import { decodeView, encodeView } from './view-codec.ts';
import { changeView, TOP_SHOWN, type BoardAction, type BoardView, type Sort } from './view.ts';

const NO_RUNS: readonly RunJson[] = [];

/** The board's view and its one way to change: the URL. Changes replace the entry, so that Back leaves the board. */
export function useBoardView(): readonly [BoardView, (action: BoardAction) => void] {
  const search = boardRoute.useSearch();
  const navigate = boardRoute.useNavigate();
  const view = useMemo(() => decodeView(search), [search]);
  const change = useCallback(
    (action: BoardAction) =>
      void navigate({
        search: (before) => encodeView(changeView(decodeView(before), action)),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return [view, change];
}

/** Everything the board draws, from the URL and what the server knows. */
export function useBoard(view: BoardView) {
  const { project: segment } = boardRoute.useParams();
  const id = projectOfSegment(segment);
  const project = useQuery(projectQuery(id));
  const objective = project.data?.objective;
  const { sort, base, pins, shown: chosen } = view;
  const order = useMemo(() => orderOf(sort, objective), [sort, objective]);
  const found = useInfiniteQuery({
    ...runsQuery(id, { filter: view.filter, order }),
    placeholderData: keepPreviousData,
    enabled: project.isSuccess,
  });
  // While a filter is wrong, the runs of the last good one stay.
  const [held, setHeld] = useState(found.data);
  if (found.data && found.data !== held) setHeld(found.data);
  const pages = (found.data ?? held)?.pages;
  const runs = useMemo(() => pages?.flatMap((page) => page.runs) ?? NO_RUNS, [pages]);
  const now = useNow(10_000);
  const reading = useMemo<Reading>(
    () => ({ objective, now, base: runs.find(({ number }) => number === base) }),
    [objective, now, runs, base],
  );
  const rows = useMemo(
    () => arrangeRows(runs, { base, pins, sort }, reading),
    [runs, base, pins, sort, reading],
  );
  const shown = useMemo(() => {
    const byNumber = new Map(runs.map((run) => [run.number, run]));
    const named = chosen?.flatMap((number) => byNumber.get(number) ?? []);
    return shownRuns(named ?? rows.slice(0, TOP_SHOWN).map(({ run }) => run), { base, pins });
  }, [runs, rows, chosen, base, pins]);
  const columns = useMemo(
    () =>
      (view.columns ?? usualColumns(runs, objective)).flatMap((column): readonly Column[] => {
        const parsed = parseColumn(column);
        return parsed ? [parsed] : [];
      }),
    [view.columns, runs, objective],
  );
  const best = useMemo(() => bestOf(runs, objective), [runs, objective]);
  const watched = useMemo(() => shown.map(({ run }) => run.id), [shown]);
  useLive({ projects: [id], runs: watched });
  return {
    id,
    segment,
    project,
    objective,
    found,
    runs,
    rows,
    shown,
    columns,
    reading,
    best,
    total: pages?.[0]?.total,
  };
}

export type Board = ReturnType<typeof useBoard>;

function orderOf(sort: Sort | undefined, objective: ObjectiveJson | undefined): string[] {
  const column = sort && parseColumn(sort.column);
  const asked =
    sort && column
      ? serverOrder(column, sort.isDescending, objective)
      : objective &&
        serverOrder({ kind: 'attribute', id: 'objective' }, objective.direction === 'max', objective);
  return asked === undefined ? [] : [asked];
}

function bestOf(runs: readonly RunJson[], objective: ObjectiveJson | undefined): number | undefined {
  if (!objective) return undefined;
  let best: number | undefined;
  for (const run of runs) {
    const value = objectiveValue(run, objective);
    if (value === undefined || Number.isNaN(value)) continue;
    if (best === undefined || (objective.direction === 'min' ? value < best : value > best)) best = value;
  }
  return best;
}
