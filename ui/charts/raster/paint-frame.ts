// Draws a frame into pixels, from the back to the front: grid, bands, raw lines, lines, marks.
// Pure: the worker calls it, and so do the tests in Node.
import { Columns, traceBand, traceSeries } from './columns.ts';
import { fillDisc, strokeMark } from './marks.ts';
import { createPixmap, fillRow, type Pixmap } from './pixmap.ts';
import type { RasterFrame, RasterLine } from './raster-frame.ts';
import { project, toPixel, type Projection } from '#ui/charts/axis/scale.ts';
import type { Series } from '#ui/charts/series.ts';
import { fillBand, fillLine } from './span-raster.ts';

const BAND_ALPHA = 0.14;
const RAW_ALPHA = 0.25;
const NAN = 1;
const POSITIVE_INFINITY = 2;
/** CSS pixels. */
const LONE_RADIUS = 3;

/** Charts of a board are mostly of one width. */
let scratch: Columns | undefined;

export function paintFrame(frame: RasterFrame, seriesOf: (key: number) => Series | undefined): Pixmap {
  const pixmap = createPixmap(frame.width, frame.height, frame.background);
  const x = project(frame.x, 0, frame.width);
  const y = project(frame.y, frame.height, 0);
  const thickness = Math.max(1, Math.round(frame.ratio));
  for (const value of frame.grid) {
    const row = Math.floor(toPixel(y, value) - thickness / 2 + 0.5);
    fillRow(pixmap, Math.min(frame.height - thickness, Math.max(0, row)), thickness, frame.gridColour);
  }

  if (scratch?.width !== frame.width) scratch = new Columns(frame.width);
  const columns = scratch;
  for (const line of frame.lines) {
    const series = line.band ? seriesOf(line.series) : undefined;
    const extent = line.raw === undefined ? series : (seriesOf(line.raw) ?? series);
    if (series === undefined || extent === undefined) continue;
    columns.clear();
    traceBand(columns, extent, x, y);
    fillBand(pixmap, columns, line.colour, BAND_ALPHA * line.alpha);
  }
  for (const line of frame.lines) {
    const raw = line.raw === undefined || line.band ? undefined : seriesOf(line.raw);
    if (raw === undefined) continue;
    columns.clear();
    traceSeries(columns, raw, x, y, 'extremes');
    const style = {
      colour: line.colour,
      width: frame.ratio,
      alpha: RAW_ALPHA * line.alpha,
      dash: 0,
      ratio: frame.ratio,
    } as const;
    fillLine(pixmap, columns, style);
  }
  for (const line of frame.lines) {
    const series = seriesOf(line.series);
    if (series === undefined) continue;
    columns.clear();
    traceSeries(columns, series, x, y, line.through);
    paintLine(pixmap, frame, columns, line);
    paintLonePoints(pixmap, frame, line, series, x, y);
    if (line.live) paintLiveEnd(pixmap, frame, line, series, x, y);
  }
  for (const line of frame.lines) {
    const series = seriesOf(line.series);
    if (series !== undefined) paintMarks(pixmap, frame, line, series, x, y);
  }
  return pixmap;
}

function paintLine(pixmap: Pixmap, frame: RasterFrame, columns: Columns, line: RasterLine): void {
  const { ratio } = frame;
  if (line.halo) {
    const halo = {
      colour: frame.background,
      width: line.width + 2 * ratio,
      alpha: 1,
      dash: 0,
      ratio,
    } as const;
    fillLine(pixmap, columns, halo);
  }
  fillLine(pixmap, columns, {
    colour: line.colour,
    width: line.width,
    alpha: line.alpha,
    dash: line.dash,
    ratio,
  });
}

/** A value without a neighbour has no line: it is a dot, or it would be one pixel that nobody sees. */
function paintLonePoints(
  pixmap: Pixmap,
  frame: RasterFrame,
  line: RasterLine,
  series: Series,
  x: Projection,
  y: Projection,
): void {
  const { last, min, max, xLast } = series;
  let wasFinite = false;
  let isFinite = Number.isFinite(last[0]);
  for (let row = 0; row < last.length; row += 1) {
    const willBeFinite = Number.isFinite(last[row + 1]);
    const isLone = isFinite && !wasFinite && !willBeFinite && min[row] === max[row];
    wasFinite = isFinite;
    isFinite = willBeFinite;
    if (!isLone) continue;
    const cx = toPixel(x, xLast[row] as number);
    const cy = toPixel(y, last[row] as number);
    if (!(cx >= 0 && cx <= frame.width && cy >= 0 && cy <= frame.height)) continue;
    fillDisc(pixmap, cx, cy, LONE_RADIUS * frame.ratio, line.colour, line.alpha);
  }
}

function paintLiveEnd(
  pixmap: Pixmap,
  frame: RasterFrame,
  line: RasterLine,
  series: Series,
  x: Projection,
  y: Projection,
): void {
  let row = series.last.length - 1;
  while (row >= 0 && !Number.isFinite(series.last[row])) row -= 1;
  if (row < 0) return;
  const cx = toPixel(x, series.xLast[row] as number);
  const cy = toPixel(y, series.last[row] as number);
  if (!(cx >= 0 && cx <= frame.width && cy >= 0 && cy <= frame.height)) return;
  fillDisc(pixmap, cx, cy, 3.5 * frame.ratio, frame.background, line.alpha);
  fillDisc(pixmap, cx, cy, 2.5 * frame.ratio, line.colour, line.alpha);
}

/** What the line cannot show: a cross at the foot for NaN, triangles for infinities, ticks on the frame for clipped. */
function paintMarks(
  pixmap: Pixmap,
  frame: RasterFrame,
  line: RasterLine,
  series: Series,
  x: Projection,
  y: Projection,
): void {
  const { ratio, height } = frame;
  const { flags, xFirst, min, max } = series;
  const { from, to } = frame.y;
  // One mark of a kind every few pixels: what is NaN from here on shows a row of crosses, not a smear.
  let nextNonFinite = 0;
  let nextAbove = 0;
  let nextBelow = 0;
  for (let row = 0; row < xFirst.length; row += 1) {
    const flag = flags === undefined ? 0 : (flags[row] as number);
    const isAbove = (max[row] as number) > to;
    const isBelow = (min[row] as number) < from && !(y.isLog && (min[row] as number) <= 0);
    if (flag === 0 && !isAbove && !isBelow) continue;
    const at = toPixel(x, xFirst[row] as number);
    if (at > frame.width) break;
    if (flag !== 0 && at >= nextNonFinite) {
      nextNonFinite = at + 8 * ratio;
      paintNonFinite(pixmap, flag, at, height - 5 * ratio, ratio, line);
    }
    if (isAbove && at >= nextAbove) {
      nextAbove = at + 3 * ratio;
      strokeMark(pixmap, [at, 0], [at, 4 * ratio], 1.25 * ratio, line.colour, line.alpha);
    }
    if (isBelow && at >= nextBelow) {
      nextBelow = at + 3 * ratio;
      strokeMark(pixmap, [at, height - 4 * ratio], [at, height], 1.25 * ratio, line.colour, line.alpha);
    }
  }
}

function paintNonFinite(
  pixmap: Pixmap,
  flag: number,
  cx: number,
  cy: number,
  ratio: number,
  line: RasterLine,
): void {
  const size = 3 * ratio;
  const stroke = (x0: number, y0: number, x1: number, y1: number): void => {
    const from = [cx + x0 * size, cy + y0 * size] as const;
    const to = [cx + x1 * size, cy + y1 * size] as const;
    strokeMark(pixmap, from, to, 1.5 * ratio, line.colour, Math.max(line.alpha, 0.6));
  };
  if ((flag & NAN) !== 0) {
    stroke(-1, -1, 1, 1);
    stroke(1, -1, -1, 1);
    return;
  }
  const up = (flag & POSITIVE_INFINITY) !== 0 ? -1 : 1;
  stroke(-1, -up, 1, -up);
  stroke(-1, -up, 0, up);
  stroke(1, -up, 0, up);
}
