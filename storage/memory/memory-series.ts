import { comparePoints, type Point, type PointColumns, type SeriesRef } from '#core/domain/point.ts';
import { bucketise, bucketWidth } from '#core/signal/m4.ts';
import type { BucketQuery, SeriesBuckets, SeriesReader, XAxis } from '#core/tracking/ports/series.ts';
import { seriesKey } from './apply-points.ts';
import type { State } from './state.ts';

const MICROSECONDS = 1e6;

export class MemorySeries implements SeriesReader {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  async read(series: SeriesRef): Promise<PointColumns> {
    const points = this.#points(series);
    return {
      steps: Float64Array.from(points, (point) => point.step),
      times: Float64Array.from(points, (point) => point.time),
      values: Float64Array.from(points, (point) => point.value),
    };
  }

  async buckets({ series, x, range, pixels, width }: BucketQuery): Promise<SeriesBuckets> {
    const points = this.#points(series);
    const xOf = projection(x, points);
    const ordered = points
      .map((point) => ({ x: xOf(point), value: point.value }))
      .toSorted((a, b) => a.x - b.x);
    const [first, last] = [ordered.at(0), ordered.at(-1)];
    const extent = first && last ? ([first.x, last.x] as const) : undefined;
    const [from, to] = range ?? extent ?? [0, 0];
    const inside = ordered.filter((point) => point.x >= from && point.x <= to);
    const buckets = bucketise(
      Float64Array.from(inside, (point) => point.x),
      Float64Array.from(inside, (point) => point.value),
      width ?? bucketWidth(from, to, pixels),
    );
    return { buckets, extent, points: inside.length };
  }

  /** Ascending, exact repetitions once. */
  #points(series: SeriesRef): readonly Point[] {
    const batches = this.#state.series.get(seriesKey(series.owner, series.metric))?.batches ?? [];
    const distinct = new Map<string, Point>();
    for (const { steps, times, values } of batches) {
      for (const [i, value] of values.entries()) {
        const point = { step: steps[i] as number, time: times[i] as number, value };
        distinct.set(`${point.step} ${point.time} ${Object.is(value, -0) ? '-0' : value}`, point);
      }
    }
    return [...distinct.values()].toSorted(comparePoints);
  }
}

function projection(x: XAxis, points: readonly Point[]): (point: Point) => number {
  if (x === 'step') return (point) => point.step;
  if (x === 'time') return (point) => point.time / MICROSECONDS;
  const start = points.reduce((least, point) => Math.min(least, point.time), Infinity);
  return (point) => (point.time - start) / MICROSECONDS;
}
