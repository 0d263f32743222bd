import type { ChartLine } from './chart-line.ts';
import { toPixel, type Projection } from '#ui/charts/axis/scale.ts';
import { nearestRow, type Series } from './series.ts';

/** A line's value at an x. */
export interface Reading {
  readonly line: ChartLine;
  readonly row: number;
  /** Where the value was really logged. */
  readonly x: number;
  readonly value: number;
}

export interface Readings {
  /** Best first: ascending for `min`, descending otherwise. */
  readonly found: readonly Reading[];
  /** Lines that have ended before, or begin after, this x. */
  readonly missing: readonly ChartLine[];
}

export type Better = 'min' | 'max';

export function readingsAt(lines: readonly ChartLine[], x: number, better: Better | undefined): Readings {
  const found: Reading[] = [];
  const missing: ChartLine[] = [];
  for (const line of lines) {
    const row = nearestRow(line.series, x);
    if (row < 0 || !reaches(line.series, x)) missing.push(line);
    else
      found.push({ line, row, x: line.series.xLast[row] as number, value: line.series.last[row] as number });
  }
  const sign = better === 'min' ? 1 : -1;
  found.sort((a, b) => (Number.isNaN(a.value) ? 1 : Number.isNaN(b.value) ? -1 : sign * (a.value - b.value)));
  return { found, missing };
}

/** Within the series, give or take half its mean spacing. */
function reaches(series: Series, x: number): boolean {
  const rows = series.xLast.length;
  const from = series.xFirst[0] as number;
  const to = series.xLast[rows - 1] as number;
  const slack = rows > 1 ? (to - from) / (rows - 1) / 2 : Math.abs(from) * 1e-9;
  return x >= from - slack && x <= to + slack;
}

export interface Nearest {
  readonly line: ChartLine;
  readonly row: number;
  /** Vertical distance in pixels. */
  readonly distance: number;
}

/** The line that is drawn nearest to a point, measured vertically in its column. */
export function nearestLine(
  lines: readonly ChartLine[],
  at: { readonly x: number; readonly y: number },
  projections: { readonly x: Projection; readonly y: Projection },
): Nearest | undefined {
  const x = (at.x - projections.x.offset) / projections.x.factor;
  const value = projections.x.isLog ? 10 ** x : x;
  let nearest: Nearest | undefined;
  for (const line of lines) {
    const { series } = line;
    const row = nearestRow(series, value);
    if (row < 0 || !reaches(series, value)) continue;
    const distance = distanceAt(line, row, value, at.y, projections.y);
    if (nearest === undefined || distance < nearest.distance) nearest = { line, row, distance };
  }
  return nearest;
}

/** From a height to the drawn line: to the straight piece between two rows, or to the extent of the row itself. */
function distanceAt(line: ChartLine, row: number, x: number, height: number, y: Projection): number {
  const { xFirst, xLast, first, last, min, max } = line.series;
  const before = x < (xFirst[row] as number) ? row - 1 : row;
  const after = before + 1;
  const isBetween = before >= 0 && after < xFirst.length && x > (xLast[before] as number);
  if (isBetween) {
    const part = (x - (xLast[before] as number)) / ((xFirst[after] as number) - (xLast[before] as number));
    const from = toPixel(y, last[before] as number);
    const to = toPixel(y, first[after] as number);
    if (Number.isFinite(from) && Number.isFinite(to)) return Math.abs(height - from - part * (to - from));
  }
  const top = toPixel(y, (line.band === undefined ? max : last)[row] as number);
  const bottom = toPixel(y, (line.band === undefined ? min : last)[row] as number);
  return height < top ? top - height : height > bottom ? height - bottom : Number.isNaN(top) ? Infinity : 0;
}
