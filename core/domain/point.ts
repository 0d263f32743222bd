import type { ModelId, RunId } from './ids.ts';

/** One element of a series. A series is a set of points: any order, repeats and negatives kept, an exact repetition counts once. */
export interface Point {
  /** Finite double. */
  readonly step: number;
  /** Integer microseconds UTC. */
  readonly time: number;
  /** Any double; NaN, infinities and −0 are data and kept bit for bit. */
  readonly value: number;
}

/** The columns of `n` points of one series, in the order (step, time, value). */
export interface PointColumns {
  readonly steps: Float64Array;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** Whose series it is. A model's series carries the run that measured it and the dataset it was measured on. */
export type SeriesOwner =
  | { readonly kind: 'run'; readonly run: RunId }
  | {
      readonly kind: 'model';
      readonly model: ModelId;
      readonly run: RunId;
      readonly dataset?: { readonly name: string; readonly digest: string };
    };

/** One metric of one owner. */
export interface SeriesRef {
  readonly owner: SeriesOwner;
  readonly metric: string;
}

/**
 * Points of many metrics of one owner, as they were logged: row i is
 * (metrics[metricAt[i]], steps[i], times[i], values[i]); all four arrays have equal length.
 */
export interface LoggedPoints {
  readonly owner: SeriesOwner;
  readonly metrics: readonly string[];
  readonly metricAt: Uint32Array;
  readonly steps: Float64Array;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** What is kept of a series beside its points. `min` and `max` ignore NaN and are absent when all values are NaN. */
export interface MetricSummary {
  /** The greatest point by (step, time, value), NaN compared as 0: MLflow's "latest". */
  readonly last: Point;
  readonly min?: Point;
  readonly max?: Point;
}

/** Order of points within a series, NaN compared as 0. Negative when `a` comes first. */
export function comparePoints(a: Point, b: Point): number {
  return a.step - b.step || a.time - b.time || rank(a.value) - rank(b.value) || 0;
}

function rank(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}

/** The summary after one more point; idempotent, so a repeated point changes nothing. */
export function summarise(summary: MetricSummary | undefined, point: Point): MetricSummary {
  if (!summary) return Number.isNaN(point.value) ? { last: point } : { last: point, min: point, max: point };
  const last = comparePoints(point, summary.last) > 0 ? point : summary.last;
  if (Number.isNaN(point.value)) return { ...summary, last };
  const min = !summary.min || point.value < summary.min.value ? point : summary.min;
  const max = !summary.max || point.value > summary.max.value ? point : summary.max;
  return { last, min, max };
}

/** A stable text for an owner, usable as a map key. */
export function ownerKey(owner: SeriesOwner): string {
  if (owner.kind === 'run') return owner.run;
  const dataset = owner.dataset ? JSON.stringify([owner.dataset.name, owner.dataset.digest]) : '';
  return `${owner.model}/${owner.run}/${dataset}`;
}
