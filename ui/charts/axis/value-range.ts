// The range of the y axis: what is visible, without the few points that would press everything else flat. Clips to the
// 1st … 99th percentile, and lets the first descent of a whole curve leave the frame, but only where that shows much
// more; what is outside is counted, drawn as ticks on the frame, and there again when one zooms into it.
import type { Scale, ScaleKind } from './scale.ts';
import { rowAtOrAfter, type Series } from '#ui/charts/series.ts';

export interface ValueRange {
  readonly scale: Scale;
  /** Rows with a value outside of the range. */
  readonly clipped: number;
  /** Rows with a value that a log axis cannot show. */
  readonly notPositive: number;
}

export interface RangeOptions {
  readonly kind: ScaleKind;
  readonly clip: boolean;
  readonly xFrom: number;
  readonly xTo: number;
  /** All of the curves is visible, so that their first part is where they begin. */
  readonly isWhole: boolean;
}

interface Extent {
  readonly low: number;
  readonly high: number;
}

/** Rows of a series that are inside the x range. */
interface Window {
  readonly series: Series;
  readonly start: number;
  readonly end: number;
}

const MOST_SAMPLES = 1024;
const LEAST_TO_CLIP = 20;
/** Clipping is worth its badge only if what is kept is no more than this part of the range. */
const OUTLIERS_WORTH = 0.65;
const DESCENT_WORTH = 0.55;
/** The parts of the x range that may count as first descent. */
const DESCENTS = [0.05, 0.1];
const MARGIN = 0.05;

/** Undefined when nothing finite (on a log axis: positive) is visible. */
export function valueRange(all: readonly Series[], options: RangeOptions): ValueRange | undefined {
  const { kind, xFrom, xTo } = options;
  const windows = all.map((series) => windowOf(series, xFrom, xTo));
  const whole = wholeExtent(windows, kind);
  if (whole === undefined) return undefined;
  const { notPositive } = whole;
  if (!options.clip || whole.values < LEAST_TO_CLIP)
    return { scale: padded(whole, kind), clipped: 0, notPositive };

  let kept: Extent = whole;
  const likely = percentiles(windows, kind);
  if (likely !== undefined && length(likely, kind) < length(whole, kind) * OUTLIERS_WORTH) kept = likely;
  // A log axis gives the descent its room by itself.
  for (const part of options.isWhole && kind === 'linear' ? DESCENTS : []) {
    const later = all.map((series) => windowOf(series, xFrom + (xTo - xFrom) * part, xTo));
    const settled = percentiles(later, kind);
    if (settled !== undefined && length(settled, kind) < length(kept, kind) * DESCENT_WORTH) kept = settled;
  }
  const scale = padded(kept, kind);
  return { scale, clipped: kept === whole ? 0 : countOutside(windows, scale), notPositive };
}

function windowOf(series: Series, from: number, to: number): Window {
  let end = rowAtOrAfter(series, to);
  while (end < series.xFirst.length && (series.xFirst[end] as number) <= to) end += 1;
  return { series, start: rowAtOrAfter(series, from), end };
}

function wholeExtent(
  windows: readonly Window[],
  kind: ScaleKind,
): (Extent & { values: number; notPositive: number }) | undefined {
  let low = Infinity;
  let high = -Infinity;
  let values = 0;
  let notPositive = 0;
  for (const { series, start, end } of windows) {
    for (let row = start; row < end; row += 1) {
      let min = series.min[row] as number;
      const max = series.max[row] as number;
      if (kind === 'log' && min <= 0) {
        notPositive += 1;
        if (max <= 0) continue;
        min = max;
      }
      if (min < low) low = min;
      if (max > high) high = max;
      if (min <= max) values += 1;
    }
  }
  return values === 0 ? undefined : { low, high, values, notPositive };
}

/** The 1st percentile of the minima and the 99th of the maxima, of evenly taken samples. */
function percentiles(windows: readonly Window[], kind: ScaleKind): Extent | undefined {
  const rows = windows.reduce((sum, { start, end }) => sum + end - start, 0);
  const stride = Math.max(1, Math.ceil(rows / MOST_SAMPLES));
  const minima = new Float64Array(MOST_SAMPLES + windows.length);
  const maxima = new Float64Array(MOST_SAMPLES + windows.length);
  let count = 0;
  for (const { series, start, end } of windows) {
    for (let row = start; row < end; row += stride) {
      const min = series.min[row] as number;
      const max = series.max[row] as number;
      if (!(min <= max) || (kind === 'log' && min <= 0)) continue;
      minima[count] = min;
      maxima[count] = max;
      count += 1;
    }
  }
  if (count < LEAST_TO_CLIP) return undefined;
  const low = minima.subarray(0, count).toSorted()[Math.round((count - 1) * 0.01)] as number;
  const high = maxima.subarray(0, count).toSorted()[Math.round((count - 1) * 0.99)] as number;
  return low < high ? { low, high } : undefined;
}

function length({ low, high }: Extent, kind: ScaleKind): number {
  return kind === 'log' ? Math.log10(high) - Math.log10(low) : high - low;
}

function countOutside(windows: readonly Window[], scale: Scale): number {
  let outside = 0;
  for (const { series, start, end } of windows) {
    for (let row = start; row < end; row += 1) {
      const min = series.min[row] as number;
      const isBelow = min < scale.from && !(scale.kind === 'log' && min <= 0);
      if (isBelow || (series.max[row] as number) > scale.to) outside += 1;
    }
  }
  return outside;
}

function padded({ low, high }: Extent, kind: ScaleKind): Scale {
  if (kind === 'log') {
    const margin = Math.max((Math.log10(high) - Math.log10(low)) * MARGIN, 0.02);
    return { kind, from: 10 ** (Math.log10(low) - margin), to: 10 ** (Math.log10(high) + margin) };
  }
  const span = high - low;
  const margin = span > 0 ? span * MARGIN : Math.abs(high) * MARGIN || 1;
  // A quantity that never falls below zero does not get an axis that does.
  const from = low >= 0 && low - margin < 0 ? 0 : low - margin;
  const to = high <= 0 && high + margin > 0 ? 0 : high + margin;
  return { kind, from, to };
}
