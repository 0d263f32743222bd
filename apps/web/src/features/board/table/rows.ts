import type { ObjectiveJson, RunJson } from '#core/contract/schemas.ts';
import { compareByObjective, objectiveValue } from '../../../api/run-values.ts';
import { parseColumn, sortValue, type Reading } from './columns.ts';
import type { Sort } from '../view.ts';

export interface Row {
  readonly run: RunJson;
  readonly place: 'base' | 'pinned' | 'plain';
}

/** Baseline first, then the pins in the order in which they were pinned, then the sort. */
export function arrangeRows(
  runs: readonly RunJson[],
  view: {
    readonly base: number | undefined;
    readonly pins: readonly number[];
    readonly sort: Sort | undefined;
  },
  reading: Reading,
): Row[] {
  const byNumber = new Map(runs.map((run) => [run.number, run]));
  const base = view.base === undefined ? undefined : byNumber.get(view.base);
  const pinned = view.pins.map((number) => byNumber.get(number)).filter((run) => run && run !== base);
  const onTop = new Set([base, ...pinned]);
  const rest = runs.filter((run) => !onTop.has(run)).toSorted(comparison(view.sort, reading));
  return [
    ...(base ? [{ run: base, place: 'base' as const }] : []),
    ...pinned.map((run) => ({ run: run as RunJson, place: 'pinned' as const })),
    ...rest.map((run) => ({ run, place: 'plain' as const })),
  ];
}

function comparison(sort: Sort | undefined, reading: Reading): (a: RunJson, b: RunJson) => number {
  const column = sort && parseColumn(sort.column);
  if (!sort || !column) return byObjective(reading.objective);
  const sign = sort.isDescending ? -1 : 1;
  return (a, b) => {
    const left = sortValue(column, a, reading);
    const right = sortValue(column, b, reading);
    return compareValues(left, right, sign) || b.number - a.number;
  };
}

/** Best first; without an objective newest first. */
function byObjective(objective: ObjectiveJson | undefined): (a: RunJson, b: RunJson) => number {
  if (!objective) return (a, b) => b.number - a.number;
  return (a, b) =>
    compareByObjective(objectiveValue(a, objective), objectiveValue(b, objective), objective.direction) ||
    b.number - a.number;
}

type Value = string | number | undefined;

/** Numbers before texts, NaN and what is missing last in both directions. */
function compareValues(a: Value, b: Value, sign: number): number {
  const rank = (value: Value): number =>
    value === undefined || Number.isNaN(value) ? 2 : typeof value === 'string' ? 1 : 0;
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (typeof a === 'number' && typeof b === 'number') return rank(a) === 2 ? 0 : sign * (a - b);
  if (typeof a === 'string' && typeof b === 'string')
    return sign * a.localeCompare(b, 'en', { numeric: true });
  return 0;
}
