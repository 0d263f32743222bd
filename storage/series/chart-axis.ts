import type { PointColumns } from '#core/domain/point.ts';
import type { BucketAggregate } from '#core/signal/m4.ts';
import type { XAxis } from '#core/tracking/ports/series.ts';
import type { Aggregate } from './codec/aggregate.ts';
import type { ColumnName } from './codec/chunk.ts';

/** What differs between charts over steps and charts over time. */
export interface ChartAxis {
  readonly isTime: boolean;
  /** Columns that points in order need. */
  readonly columns: readonly ColumnName[];
  /** Range of x over all points. */
  readonly extent: readonly [number, number] | undefined;
  /** Whether x ascends in the order (step, time, value). */
  isOrdered(known: Aggregate): boolean;
  from(known: Aggregate): number;
  to(known: Aggregate): number;
  compareStarts(a: Aggregate, b: Aggregate): number;
  compareEnds(a: Aggregate, b: Aggregate): number;
  /** Whether `next`, which does not start earlier, may hold a repetition of a point or one before the end of `end`. */
  touches(end: Aggregate, next: Aggregate): boolean;
  xsOf(columns: PointColumns): Float64Array;
  aggregateOf(known: Aggregate): BucketAggregate;
}

const MICROSECONDS = 1_000_000;

/** The axis for a series of which all parts are known. */
export function axisOf(x: XAxis, all: readonly Aggregate[]): ChartAxis {
  if (x === 'step') return stepAxis(all);
  const origin =
    x === 'relative' ? all.reduce((least, { timeLeast }) => Math.min(least, timeLeast), Infinity) : 0;
  return timeAxis(all, origin);
}

function stepAxis(all: readonly Aggregate[]): ChartAxis {
  return {
    isTime: false,
    columns: ['steps', 'values'],
    extent: extentOf(all.map(({ stepFrom, stepTo }) => [stepFrom, stepTo])),
    isOrdered: () => true,
    from: ({ stepFrom }) => stepFrom,
    to: ({ stepTo }) => stepTo,
    compareStarts: (a, b) => a.stepFrom - b.stepFrom || a.timeFrom - b.timeFrom,
    compareEnds: (a, b) => a.stepTo - b.stepTo || a.timeTo - b.timeTo,
    touches: (end, next) =>
      next.stepFrom < end.stepTo || (next.stepFrom === end.stepTo && next.timeFrom <= end.timeTo),
    xsOf: ({ steps }) => steps,
    aggregateOf: (known) => ({ ...bucketOf(known), xFirst: known.firstStep, xLast: known.lastStep }),
  };
}

function timeAxis(all: readonly Aggregate[], origin: number): ChartAxis {
  const xOf = (time: number) => (time - origin) / MICROSECONDS;
  return {
    isTime: true,
    columns: ['times', 'values'],
    extent: extentOf(all.map(({ timeLeast, timeGreatest }) => [xOf(timeLeast), xOf(timeGreatest)])),
    isOrdered: ({ timesAscend }) => timesAscend,
    from: ({ timeLeast }) => xOf(timeLeast),
    to: ({ timeGreatest }) => xOf(timeGreatest),
    compareStarts: (a, b) => a.timeLeast - b.timeLeast,
    compareEnds: (a, b) => a.timeGreatest - b.timeGreatest,
    touches: (end, next) => next.timeLeast <= end.timeGreatest,
    xsOf({ times }) {
      const xs = new Float64Array(times.length);
      for (let i = 0; i < xs.length; i += 1) xs[i] = ((times[i] as number) - origin) / MICROSECONDS;
      return xs;
    },
    aggregateOf: (known) => ({
      ...bucketOf(known),
      xFirst: xOf(known.firstTime),
      xLast: xOf(known.lastTime),
    }),
  };
}

function bucketOf({
  points,
  flags,
  first,
  last,
  min,
  max,
}: Aggregate): Omit<BucketAggregate, 'xFirst' | 'xLast'> {
  return { count: points, flags, first, last, min, max };
}

function extentOf(ranges: readonly (readonly [number, number])[]): readonly [number, number] | undefined {
  if (ranges.length === 0) return undefined;
  return ranges.reduce(([low, high], [from, to]) => [Math.min(low, from), Math.max(high, to)] as const);
}
