// What a polyline covers in each device-pixel column: the first pass of the raster. Per column the vertical extent of
// the path, where it came in and went out, and how far it travelled; enough to fill the column without stroking.
// Promise: extents are exact in y; a bucket's inner extremes are at most one column from their x.
import { toPixel, type Projection } from '#ui/charts/axis/scale.ts';
import { rowAtOrAfter, type Series } from '#ui/charts/series.ts';

export class Columns {
  readonly width: number;
  /** Extent of the path in the column; low > high where there is none. Pixels, y downwards. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly enter: Float64Array;
  readonly exit: Float64Array;
  /** Sum of |dy|: equal to high − low where the path only rises or only falls. */
  readonly travel: Float64Array;
  /** The part of the column's width that the path spans. */
  readonly across: Float64Array;
  /** The columns that may hold something: start inclusive, end exclusive. */
  start = 0;
  end = 0;

  constructor(width: number) {
    this.width = width;
    this.low = new Float64Array(width);
    this.high = new Float64Array(width);
    this.enter = new Float64Array(width);
    this.exit = new Float64Array(width);
    this.travel = new Float64Array(width);
    this.across = new Float64Array(width);
    this.clear();
  }

  clear(): void {
    this.low.fill(Infinity);
    this.high.fill(-Infinity);
    this.travel.fill(0);
    this.across.fill(0);
    this.start = this.width;
    this.end = 0;
  }

  /** The straight piece from (x0, y0) to (x1, y1), x0 ≤ x1, cut into columns. */
  addSegment(x0: number, y0: number, x1: number, y1: number): void {
    if (x1 < 0 || x0 >= this.width) return;
    const first = Math.max(0, Math.floor(x0));
    const last = Math.min(this.width - 1, Math.floor(x1));
    if (first === last && x0 >= 0 && x1 < this.width) {
      this.#addPiece(first, y0, y1, x1 - x0);
      return;
    }
    const slope = (y1 - y0) / (x1 - x0);
    let left = Math.max(x0, first);
    let yLeft = left === x0 ? y0 : y0 + slope * (left - x0);
    for (let column = first; column <= last; column += 1) {
      const right = Math.min(x1, column + 1);
      const yRight = right === x1 ? y1 : y0 + slope * (right - x0);
      this.#addPiece(column, yLeft, yRight, right - left);
      left = right;
      yLeft = yRight;
    }
  }

  /** A vertical extent without a way through it: the values inside a bucket. */
  addExtent(x: number, one: number, other: number): void {
    const top = one < other ? one : other;
    const bottom = one < other ? other : one;
    const column = Math.floor(x);
    if (column < 0 || column >= this.width) return;
    const low = this.low[column] as number;
    const high = this.high[column] as number;
    if (top >= low && bottom <= high) return;
    this.#touch(column);
    if (top < low) this.low[column] = top;
    if (bottom > high) this.high[column] = bottom;
    this.travel[column] = Infinity;
  }

  #addPiece(column: number, from: number, to: number, across: number): void {
    const low = from < to ? from : to;
    const high = from < to ? to : from;
    if ((this.low[column] as number) > (this.high[column] as number)) this.enter[column] = from;
    if (low < (this.low[column] as number)) this.low[column] = low;
    if (high > (this.high[column] as number)) this.high[column] = high;
    this.exit[column] = to;
    this.travel[column] = (this.travel[column] as number) + high - low;
    this.across[column] = (this.across[column] as number) + across;
    this.#touch(column);
  }

  #touch(column: number): void {
    if (column < this.start) this.start = column;
    if (column >= this.end) this.end = column + 1;
  }
}

/** Which values of a row the path goes through: all four (M4), or the last only, where a band shows the rest. */
export type Through = 'extremes' | 'last';

/** Walks a series into columns. Rows without a finite value (on a log axis: without a positive one) are gaps. */
export function traceSeries(
  into: Columns,
  series: Series,
  x: Projection,
  y: Projection,
  through: Through,
): void {
  const { xFirst, xLast, first, last, min, max } = series;
  const rows = xFirst.length;
  const arePoints = xFirst === xLast && first === last;
  // One row before the left edge, so that the line comes in from outside.
  const begin = Math.max(0, rowAtOrAfter(series, (0 - x.offset) / x.factor) - 1);
  const { factor, offset } = x;
  let previousX = NaN;
  let previousY = NaN;
  for (let i = begin; i < rows; i += 1) {
    const xStart = (xFirst[i] as number) * factor + offset;
    const yStart = toPixel(y, (through === 'last' ? last[i] : first[i]) as number);
    if (!(yStart - yStart === 0)) {
      previousX = NaN;
      continue;
    }
    if (previousX === previousX) into.addSegment(previousX, previousY, xStart, yStart);
    else into.addSegment(xStart, yStart, xStart, yStart);
    previousX = xStart;
    previousY = yStart;
    if (!arePoints && through === 'extremes') {
      const xEnd = toPixel(x, xLast[i] as number);
      const yEnd = toPixel(y, last[i] as number);
      into.addSegment(xStart, yStart, xEnd, yEnd);
      const top = toPixel(y, max[i] as number);
      const bottom = toPixel(y, min[i] as number);
      if (Number.isFinite(top))
        into.addExtent((xStart + xEnd) / 2, top, Number.isFinite(bottom) ? bottom : yEnd);
      previousX = xEnd;
      previousY = yEnd;
    }
    if (xStart > into.width) break;
  }
}

/** Min and max of each row as an area: columns between two rows are interpolated along both edges. */
export function traceBand(into: Columns, series: Series, x: Projection, y: Projection): void {
  const { xFirst, xLast, min, max } = series;
  const begin = Math.max(0, rowAtOrAfter(series, (0 - x.offset) / x.factor) - 1);
  let previousX = NaN;
  let previousTop = NaN;
  let previousBottom = NaN;
  for (let i = begin; i < xFirst.length; i += 1) {
    const xStart = toPixel(x, xFirst[i] as number);
    const top = toPixel(y, max[i] as number);
    const bottom = toPixel(y, min[i] as number);
    if (!Number.isFinite(top) || !Number.isFinite(bottom)) {
      previousX = NaN;
      continue;
    }
    if (previousX === previousX && Math.floor(xStart) > Math.floor(previousX) + 1) {
      const from = Math.max(0, Math.floor(previousX) + 1);
      const to = Math.min(into.width, Math.floor(xStart));
      for (let column = from; column < to; column += 1) {
        const part = (column + 0.5 - previousX) / (xStart - previousX);
        const t = previousTop + (top - previousTop) * part;
        into.addExtent(column, t, previousBottom + (bottom - previousBottom) * part);
      }
    }
    into.addExtent(xStart, top, bottom);
    previousX = toPixel(x, xLast[i] as number);
    if (Math.floor(previousX) !== Math.floor(xStart)) into.addExtent(previousX, top, bottom);
    previousTop = top;
    previousBottom = bottom;
    if (xStart > into.width) break;
  }
}
