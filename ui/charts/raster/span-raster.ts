// Fills a traced line column by column: the second pass of the raster. Where the path crosses a column in one direction
// the coverage is the exact area of the slanted stroke (a trapezoid profile); where it turns inside the column the whole
// extent is covered. Cost follows covered pixels, not points and not stroke width, and needs no GPU.
// Promise: at most one column off in x; in y no pixel beyond the path's extent plus half the stroke.
import type { Dash } from '#ui/charts/chart-line.ts';
import type { Columns } from './columns.ts';
import { dashCover, dashCoverOfRow, dashStep } from './dash.ts';
import { mix, word, type Pixmap, type Rgb } from './pixmap.ts';

export interface SpanStyle {
  readonly colour: Rgb;
  /** Device pixels. */
  readonly width: number;
  readonly alpha: number;
  readonly dash: Dash;
  /** Device pixels in a CSS pixel, for the dashes. */
  readonly ratio: number;
}

/** A stroke's spill into the next column is left out below this coverage: at one pixel's width it costs more than it shows. */
const LEAST_SPILL = 0.2;

/** Coverage of the rows of one column, reused from column to column. */
let cover = new Float64Array(0);

export function fillLine(pixmap: Pixmap, columns: Columns, style: SpanStyle): void {
  const { width, height } = pixmap;
  if (cover.length < height) cover = new Float64Array(height);
  const half = style.width / 2;
  const reach = Math.max(0, Math.ceil(half - 0.5 - LEAST_SPILL));
  const lastColumn = Math.min(width, columns.end + reach);
  let travelled = 0;
  for (let column = Math.max(0, columns.start - reach); column < lastColumn; column += 1) {
    const low = columns.low[column] as number;
    const high = columns.high[column] as number;
    const isCovered = low <= high;
    const step = isCovered && style.dash !== 0 ? dashStep(columns, column) : 1;
    const isSlanted = isCovered && isOneWay(columns, column);
    // Only a steep slanted piece is long enough in one column for a dash to begin or end inside it.
    const isDashedByRow = style.dash !== 0 && isSlanted && step >= 2;
    const alpha = isDashedByRow ? style.alpha : style.alpha * dashCover(style, travelled, travelled + step);
    const start = travelled;
    travelled += step;
    if (reach === 0 && !isSlanted) {
      if (isCovered) fillSpan(pixmap, column, low - half, high + half, style.colour, alpha);
      continue;
    }
    const near = Math.max(1, reach);
    const top = Math.max(0, Math.floor(lowest(columns, column, near) - half));
    const bottom = Math.min(height, Math.ceil(highest(columns, column, near) + half));
    if (top < bottom) cover.fill(0, top, bottom);
    if (isCovered) coverOwn(columns, column, half, top, bottom);
    if (reach > 0) coverFromNeighbours(columns, column, half, reach, top, bottom);
    for (let row = top; row < bottom; row += 1) {
      const part = cover[row] as number;
      if (part === 0) continue;
      const left = isDashedByRow ? dashCoverOfRow(style, start, step, columns, column, row) : 1;
      mix(pixmap.words, row * width + column, style.colour, part * alpha * left);
    }
  }
}

/** One column from low to high: whole pixels between two partly covered ones. */
function fillSpan(
  pixmap: Pixmap,
  column: number,
  low: number,
  high: number,
  colour: Rgb,
  alpha: number,
): void {
  const { width, height, words } = pixmap;
  const first = Math.floor(low);
  const last = Math.ceil(high) - 1;
  if (first >= height || last < 0) return;
  if (first === last) {
    mix(words, first * width + column, colour, (high - low) * alpha);
    return;
  }
  if (first >= 0) mix(words, first * width + column, colour, (first + 1 - low) * alpha);
  if (last < height) mix(words, last * width + column, colour, (high - last) * alpha);
  const end = Math.min(height, last) * width + column;
  const start = Math.max(0, first + 1) * width + column;
  if (alpha >= 1) {
    const full = word(colour);
    for (let at = start; at < end; at += width) words[at] = full;
  } else {
    for (let at = start; at < end; at += width) mix(words, at, colour, alpha);
  }
}

/** Fills each column's extent evenly, without a stroke. */
export function fillBand(pixmap: Pixmap, columns: Columns, colour: Rgb, alpha: number): void {
  for (let column = columns.start; column < columns.end; column += 1) {
    const low = columns.low[column] as number;
    const high = columns.high[column] as number;
    if (low <= high) fillSpan(pixmap, column, low, high, colour, alpha);
  }
}

function coverOwn(columns: Columns, column: number, half: number, top: number, bottom: number): void {
  const low = columns.low[column] as number;
  const high = columns.high[column] as number;
  if (!isOneWay(columns, column)) {
    const from = Math.max(top, Math.floor(low - half));
    const to = Math.min(bottom, Math.ceil(high + half));
    for (let row = from; row < to; row += 1) cover[row] = boxCover(row, low - half, high + half);
    return;
  }
  const across = Math.min(1, columns.across[column] as number);
  const slope = (high - low) / across;
  const thick = half * Math.sqrt(1 + slope * slope);
  // The slanted stroke leans over into its neighbours' rows, but not beyond where the path itself goes.
  const limitLow = lowest(columns, column, 1) - half;
  const limitHigh = highest(columns, column, 1) + half;
  const from = Math.max(top, Math.floor(low - thick));
  const to = Math.min(bottom, Math.ceil(high + thick));
  let above = ramp(from, low - thick, high - thick) - ramp(from, low + thick, high + thick);
  for (let row = from; row < to; row += 1) {
    const below = ramp(row + 1, low - thick, high - thick) - ramp(row + 1, low + thick, high + thick);
    cover[row] = Math.min((below - above) * across, boxCover(row, limitLow, limitHigh));
    above = below;
  }
}

/** Strokes wider than a pixel spill into the columns beside a steep piece: with round ends, as a pen would. */
function coverFromNeighbours(
  columns: Columns,
  column: number,
  half: number,
  reach: number,
  top: number,
  bottom: number,
): void {
  const isSteady = isSlope(columns, column);
  const isBox = column >= columns.start && column < columns.end && !isOneWay(columns, column);
  const ownLow = (columns.low[column] as number) - half;
  const ownHigh = (columns.high[column] as number) + half;
  for (let other = column - reach; other <= column + reach; other += 1) {
    if (other === column || other < columns.start || other >= columns.end) continue;
    const low = columns.low[other] as number;
    const high = columns.high[other] as number;
    if (low > high) continue;
    // A steady slope has its horizontal thickness in its own columns' profiles already.
    if (isSteady && isSlope(columns, other)) continue;
    // The end of a flat line is cut straight.
    if (high - low < half && (column < columns.start || column >= columns.end)) continue;
    const distance = Math.abs(other - column);
    const weight = Math.min(1, half + 0.5 - distance);
    if (weight <= 0) continue;
    const rise = distance < half ? Math.sqrt(half * half - distance * distance) : 0;
    const from = Math.max(top, Math.floor(low - rise));
    const to = Math.min(bottom, Math.ceil(high + rise));
    if (isBox) {
      // Inside of its own extent the column is covered already.
      spill(low - rise, high + rise, weight, from, Math.min(to, Math.floor(ownLow) + 1));
      spill(low - rise, high + rise, weight, Math.max(from, Math.ceil(ownHigh) - 1), to);
    } else {
      spill(low - rise, high + rise, weight, from, to);
    }
  }
}

/** Raises the coverage of rows to that of an extent. */
function spill(low: number, high: number, weight: number, from: number, to: number): void {
  for (let row = from; row < to; row += 1) {
    const part = weight * boxCover(row, low, high);
    if (part > (cover[row] as number)) cover[row] = part;
  }
}

function isOneWay(columns: Columns, column: number): boolean {
  const extent = (columns.high[column] as number) - (columns.low[column] as number);
  return (
    (columns.travel[column] as number) <= extent * 1.0001 + 1e-6 && (columns.across[column] as number) > 0.02
  );
}

/** Part of a slope that goes on at about the same steepness, not a jump inside a flat line. */
function isSlope(columns: Columns, column: number): boolean {
  if (!isOneWay(columns, column)) return false;
  const extent = (columns.high[column] as number) - (columns.low[column] as number);
  const before = (columns.high[column - 1] ?? 0) - (columns.low[column - 1] ?? 0);
  const after = (columns.high[column + 1] ?? 0) - (columns.low[column + 1] ?? 0);
  return extent <= 3 * Math.max(before, after) + 1;
}

function lowest(columns: Columns, column: number, near: number): number {
  let low = Infinity;
  for (let other = column - near; other <= column + near; other += 1) {
    const candidate = columns.low[other];
    if (candidate !== undefined && candidate < low) low = candidate;
  }
  return low;
}

function highest(columns: Columns, column: number, near: number): number {
  let high = -Infinity;
  for (let other = column - near; other <= column + near; other += 1) {
    const candidate = columns.high[other];
    if (candidate !== undefined && candidate > high) high = candidate;
  }
  return high;
}

/** The part of the pixel row … row + 1 that lies between low and high. */
function boxCover(row: number, low: number, high: number): number {
  const from = low > row ? low : row;
  const to = high < row + 1 ? high : row + 1;
  return to > from ? to - from : 0;
}

/** ∫ of a ramp that rises from 0 at `from` to 1 at `to`, up to y. */
function ramp(y: number, from: number, to: number): number {
  if (y <= from) return 0;
  if (y >= to) return y - (from + to) / 2;
  return ((y - from) * (y - from)) / (2 * (to - from));
}
