import type { LoggedPoints, PointColumns } from '#core/domain/point.ts';
import { ownerKey } from '#core/domain/point.ts';
import { emptyPoints } from './point-order.ts';
import type { OwnerEntry, SeriesEntry, SeriesTable } from './series-table.ts';

/** Points of a group commit, written to the journal but not yet visible. */
export interface Staged {
  readonly sequence: number;
  /** Milliseconds UTC. */
  readonly at: number;
  /** Run i: the next counts[i] rows of the columns are of series[i]. */
  readonly series: readonly SeriesEntry[];
  readonly counts: readonly number[];
  readonly columns: PointColumns;
  readonly newOwners: readonly OwnerEntry[];
  readonly newSeries: readonly SeriesEntry[];
  /** Length of the journal record. */
  readonly bytes: number;
  /** The journal record; absent without points. */
  readonly record?: Uint8Array;
}

/** Points that a journal record holds, whoever wrote it. A series that was purged since is undefined. */
export type Durable = Omit<Staged, 'newOwners' | 'newSeries' | 'series' | 'record'> & {
  readonly series: readonly (SeriesEntry | undefined)[];
};

/** Columns above this many points are not kept for the next group. */
const MOST_KEPT_POINTS = 65_536;

/**
 * Sorts the points of a group by series, keeping the order in which each series received them, in columns that are
 * used again for the next group. Every owner that has series must be in the table.
 */
export class Gatherer {
  readonly #table: SeriesTable;
  #columns = emptyPoints(1024);
  #ends = new Uint32Array(64);

  constructor(table: SeriesTable) {
    this.#table = table;
  }

  /** Valid until the next call. */
  gather(groups: readonly LoggedPoints[]): Omit<Staged, 'sequence' | 'at' | 'bytes' | 'record'> {
    const columns = this.#room(groups.reduce((sum, group) => sum + group.steps.length, 0));
    const gathered = {
      series: [] as SeriesEntry[],
      counts: [] as number[],
      columns,
      newOwners: [] as OwnerEntry[],
      newSeries: [] as SeriesEntry[],
    };
    let at = 0;
    for (const group of groups) {
      if (group.steps.length === 0) continue;
      at = this.#place(group, at, gathered);
      scatter(group, columns, this.#ends);
    }
    return gathered;
  }

  /** Counts the points of each metric into runs from row `at` on; `#ends` becomes where the next point of each goes. */
  #place(
    group: LoggedPoints,
    at: number,
    into: { series: SeriesEntry[]; counts: number[]; newOwners: OwnerEntry[]; newSeries: SeriesEntry[] },
  ): number {
    const { metrics, metricAt } = group;
    if (this.#ends.length < metrics.length) this.#ends = new Uint32Array(2 * metrics.length);
    const ends = this.#ends;
    ends.fill(0, 0, metrics.length);
    for (let i = 0; i < metricAt.length; i += 1) {
      const metric = metricAt[i] as number;
      ends[metric] = (ends[metric] as number) + 1;
    }
    let owner = this.#table.get(ownerKey(group.owner));
    if (!owner) {
      owner = this.#table.addOwner(group.owner);
      into.newOwners.push(owner);
    }
    let row = at;
    for (let m = 0; m < metrics.length; m += 1) {
      const count = ends[m] as number;
      if (count === 0) continue;
      const metric = metrics[m] as string;
      let entry = owner.metrics.get(metric);
      if (!entry) {
        entry = this.#table.addSeries(owner, metric);
        into.newSeries.push(entry);
      }
      into.series.push(entry);
      into.counts.push(count);
      ends[m] = row;
      row += count;
    }
    return row;
  }

  #room(points: number): PointColumns {
    if (points > MOST_KEPT_POINTS) return emptyPoints(points);
    if (points > this.#columns.steps.length) this.#columns = emptyPoints(2 ** Math.ceil(Math.log2(points)));
    return this.#columns;
  }
}

/** Apart, so that the loop over all points is one small function. */
function scatter(group: LoggedPoints, columns: PointColumns, ends: Uint32Array): void {
  const { metricAt, steps, times, values } = group;
  const { steps: toSteps, times: toTimes, values: toValues } = columns;
  for (let i = 0; i < metricAt.length; i += 1) {
    const metric = metricAt[i] as number;
    const row = ends[metric] as number;
    ends[metric] = row + 1;
    // A step of −0 is step 0: as positions they are one.
    toSteps[row] = (steps[i] as number) + 0;
    toTimes[row] = (times[i] as number) + 0;
    toValues[row] = values[i] as number;
  }
}
