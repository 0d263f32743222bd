import type { PointColumns, SeriesRef } from '#core/domain/point.ts';
import type { Buckets } from '#core/signal/m4.ts';

/** What the x axis of a chart means. `relative` is seconds since the series' first point by time; `time` is seconds UTC. */
export type XAxis = 'step' | 'relative' | 'time';

export interface BucketQuery {
  readonly series: SeriesRef;
  readonly x: XAxis;
  /** Inclusive range of x; absent means all points. */
  readonly range?: readonly [number, number];
  /** Width of the plot in device pixels, 1…8192: buckets are no wider than a pixel of the range. */
  readonly pixels: number;
  /** Bucket width to use instead, a power of two: lets several series share one grid. */
  readonly width?: number;
}

/** What a chart needs of one series. */
export interface SeriesBuckets {
  readonly buckets: Buckets;
  /** Range of x over all points of the series, whatever was asked; undefined without points. */
  readonly extent: readonly [number, number] | undefined;
  /** Points in the range, exact repetitions counted once. */
  readonly points: number;
}

/** Points of series. Sealed chunks and the unsealed journal are merged here: no caller ever sees heads. */
export interface SeriesReader {
  /** All points ascending by (step, time, value), exact repetitions once. Empty columns for an unknown series. */
  read(series: SeriesRef): Promise<PointColumns>;
  /** Exact M4 buckets: equal to brute force over the same buckets. */
  buckets(query: BucketQuery): Promise<SeriesBuckets>;
}
