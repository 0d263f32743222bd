// From what a chart was given to what it shows: ranges, ticks, counts for the badges. Pure, computed when the data, the
// range or the size change, never when the pointer moves.
import type { ChartLine } from './chart-line.ts';
import { formatLogTick, formatTicks } from './number-format.ts';
import type { Scale, ScaleKind } from '#ui/charts/axis/scale.ts';
import type { Series } from './series.ts';
import { valueTicks } from './ticks.ts';
import { valueRange } from '#ui/charts/axis/value-range.ts';

export interface ChartView {
  readonly x: Scale;
  readonly y: Scale;
  readonly yTicks: readonly number[];
  readonly yTexts: readonly string[];
  readonly clipped: number;
  readonly notPositive: number;
  readonly nonFinite: { readonly rows: number; readonly firstX: number };
}

export interface ViewOptions {
  readonly yKind: ScaleKind;
  readonly clip: boolean;
  /** The zoomed x range, or all that the lines span. */
  readonly range: readonly [number, number] | undefined;
  /** Height of the plot in CSS pixels, for the number of grid lines. */
  readonly height: number;
}

const NEAR_ZERO = 0.05;

/** Undefined when there is nothing to draw. */
export function chartView(lines: readonly ChartLine[], options: ViewOptions): ChartView | undefined {
  const extent = options.range ?? xExtent(lines);
  if (extent === undefined) return undefined;
  const [from, to] = extent[0] === extent[1] ? [extent[0] - 0.5, extent[1] + 0.5] : extent;
  const shown = lines.map((line) =>
    line.band === 'always' && line.raw !== undefined ? line.raw : line.series,
  );
  const isWhole = options.range === undefined;
  const range = valueRange(shown, { kind: options.yKind, clip: options.clip, xFrom: from, xTo: to, isWhole });
  const nonFinite = countNonFinite(lines, from, to);
  if (range === undefined && nonFinite.rows === 0) return undefined;
  const y = range?.scale ?? { kind: options.yKind, from: options.yKind === 'log' ? 0.1 : 0, to: 1 };
  const yTicks = valueTicks(y, options.height < 120 ? 3 : options.height < 190 ? 4 : 5);
  return {
    x: { kind: 'linear', from, to },
    y,
    yTicks,
    yTexts: y.kind === 'log' ? yTicks.map(formatLogTick) : formatTicks(yTicks),
    clipped: range?.clipped ?? 0,
    notPositive: range?.notPositive ?? 0,
    nonFinite,
  };
}

export function xExtent(lines: readonly ChartLine[]): [number, number] | undefined {
  let from = Infinity;
  let to = -Infinity;
  for (const { series } of lines) {
    const rows = series.xFirst.length;
    if (rows === 0) continue;
    from = Math.min(from, series.xFirst[0] as number);
    to = Math.max(to, series.xLast[rows - 1] as number);
  }
  if (!(from <= to)) return undefined;
  // An axis that nearly begins at zero begins there: steps are counted from it.
  return [from > 0 && from < to * NEAR_ZERO ? 0 : from, to];
}

function countNonFinite(
  lines: readonly ChartLine[],
  from: number,
  to: number,
): { rows: number; firstX: number } {
  let rows = 0;
  let firstX = Infinity;
  for (const { series } of lines) {
    const { flags, xFirst } = series;
    if (flags === undefined) continue;
    for (let row = 0; row < flags.length; row += 1) {
      const x = xFirst[row] as number;
      if (flags[row] === 0 || x < from || x > to) continue;
      rows += 1;
      if (x < firstX) firstX = x;
    }
  }
  return { rows, firstX };
}

/** Finite last, smallest and largest value, for the table and the summary. */
export function lineFacts(series: Series): { last: number; min: number; max: number } {
  let last = NaN;
  let min = NaN;
  let max = NaN;
  for (let row = 0; row < series.last.length; row += 1) {
    if (Number.isFinite(series.last[row])) last = series.last[row] as number;
    const low = series.min[row] as number;
    const high = series.max[row] as number;
    if (low < min || Number.isNaN(min)) min = low;
    if (high > max || Number.isNaN(max)) max = high;
  }
  return { last, min, max };
}
