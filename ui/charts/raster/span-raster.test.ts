import fc from 'fast-check';
import { expect, test } from 'vitest';

import { Columns, traceSeries } from './columns.ts';
import { createPixmap, type Pixmap } from './pixmap.ts';
import { project, toPixel, type Projection } from '#ui/charts/axis/scale.ts';
import { seriesOfPoints, type Series } from '#ui/charts/series.ts';
import { fillLine, type SpanStyle } from './span-raster.ts';
import { bucketise, bucketWidth } from '#core/signal/m4.ts';

const BLACK = 0x000000;
const WHITE = 0xffffff;
const WIDTH = 80;
const HEIGHT = 60;

interface Look {
  readonly width?: number;
  readonly dash?: 0 | 1 | 2;
  readonly alpha?: number;
}

function draw(series: Series, x: Projection, y: Projection, look: Look = {}): Pixmap {
  const pixmap = createPixmap(WIDTH, HEIGHT, BLACK);
  const columns = new Columns(WIDTH);
  traceSeries(columns, series, x, y, 'extremes');
  const style: SpanStyle = { colour: WHITE, width: 1, alpha: 1, dash: 0, ratio: 1, ...look };
  fillLine(pixmap, columns, style);
  return pixmap;
}

const identity = (from: number, to: number, start: number, end: number): Projection =>
  project({ kind: 'linear', from, to }, start, end);
const xs = identity(0, WIDTH, 0, WIDTH);
const ys = identity(0, HEIGHT, 0, HEIGHT);
const points = (...xy: [number, number][]): Series =>
  seriesOfPoints(
    Float64Array.from(xy, ([x]) => x),
    Float64Array.from(xy, ([, y]) => y),
  );
/** Brightness 0 … 1 of a pixel. */
const lit = (pixmap: Pixmap, column: number, row: number): number =>
  ((pixmap.words[row * pixmap.width + column] as number) & 0xff) / 255;
const columnSum = (pixmap: Pixmap, column: number): number =>
  Array.from({ length: HEIGHT }, (_, row) => lit(pixmap, column, row)).reduce((sum, part) => sum + part, 0);

test('a flat line is as thick as asked, in every column that it crosses', () => {
  for (const width of [1, 1.25, 2, 2.25, 4.5]) {
    const pixmap = draw(points([0, 30.4], [80, 30.4]), xs, ys, { width });
    for (const column of [0, 17, 79]) expect(columnSum(pixmap, column)).toBeCloseTo(width, 1);
  }
});

test('a slanted line covers the area of a slanted stroke', () => {
  for (const slope of [0.2, 1, 2]) {
    const pixmap = draw(points([0, 5], [24, 5 + 24 * slope]), xs, ys, { width: 2 });
    expect(columnSum(pixmap, 12)).toBeCloseTo(2 * Math.sqrt(1 + slope * slope), 1);
  }
});

test('a jump between two flat stretches is as wide as the stroke', () => {
  const pixmap = draw(points([0, 10], [40.4, 10], [40.6, 50], [80, 50]), xs, ys, { width: 3 });
  const across = [37, 38, 39, 40, 41, 42, 43].reduce((sum, column) => sum + lit(pixmap, column, 30), 0);
  expect(across).toBeCloseTo(3, 1);
});

test('a value that is not finite leaves a gap', () => {
  const pixmap = draw(points([0, 30], [20, 30], [30, NaN], [40, 30], [80, 30]), xs, ys);
  expect(columnSum(pixmap, 10)).toBeGreaterThan(0.9);
  expect(columnSum(pixmap, 30)).toBe(0);
  expect(columnSum(pixmap, 60)).toBeGreaterThan(0.9);
});

test('a lone point is visible', () => {
  const pixmap = draw(points([40.5, 30.5]), xs, ys, { width: 2 });
  expect(columnSum(pixmap, 40)).toBeGreaterThan(1);
});

test('dashes leave a third of a flat line empty, and twos leave half', () => {
  const flat = points([0, 30.5], [80, 30.5]);
  const total = (pixmap: Pixmap): number =>
    Array.from({ length: 72 }, (_, column) => columnSum(pixmap, column)).reduce((sum, part) => sum + part, 0);
  expect(total(draw(flat, xs, ys, { dash: 1 })) / 72).toBeCloseTo(2 / 3, 1);
  expect(total(draw(flat, xs, ys, { dash: 2 })) / 72).toBeCloseTo(1 / 2, 1);
});

test('a line at 25 % mixes with what is below', () => {
  const pixmap = draw(points([0, 30.5], [80, 30.5]), xs, ys, { alpha: 0.25 });
  expect(lit(pixmap, 40, 30)).toBeCloseTo(0.25, 2);
});

test('one spike among ten million points reaches its height at any width', () => {
  const count = 10_000_000;
  const x = Float64Array.from({ length: count }, (_, i) => i);
  const y = new Float64Array(count).fill(50);
  y[7_654_321] = 5;
  const buckets = bucketise(x, y, bucketWidth(0, count, WIDTH));
  const pixmap = draw(buckets, identity(0, count, 0, WIDTH), ys);
  expect(lit(pixmap, Math.floor((7_654_321 / count) * WIDTH), 6)).toBe(1);
});

/** Where a perfect pen of no thickness goes, per column: found by walking every segment in small steps. */
function bruteForce(series: Series, x: Projection, y: Projection): { low: number; high: number }[] {
  const columns = Array.from({ length: WIDTH }, () => ({ low: Infinity, high: -Infinity }));
  const visit = (px: number, py: number): void => {
    const column = columns[Math.min(WIDTH - 1, Math.floor(px))];
    if (column === undefined) return;
    column.low = Math.min(column.low, py);
    column.high = Math.max(column.high, py);
  };
  for (let i = 0; i < series.last.length; i += 1) {
    const to = [toPixel(x, series.xLast[i] as number), toPixel(y, series.last[i] as number)] as const;
    visit(...to);
    if (i === 0) continue;
    const from = [
      toPixel(x, series.xLast[i - 1] as number),
      toPixel(y, series.last[i - 1] as number),
    ] as const;
    for (let k = 0; k <= 400; k += 1) {
      visit(from[0] + ((to[0] - from[0]) * k) / 400, from[1] + ((to[1] - from[1]) * k) / 400);
    }
  }
  return columns;
}

const randomWalk = fc
  .array(
    fc.record({
      dx: fc.double({ min: 0.01, max: 6, noNaN: true }),
      y: fc.double({ min: 4, max: 56, noNaN: true }),
    }),
    {
      minLength: 2,
      maxLength: 400,
    },
  )
  .map((steps) => {
    let at = 0;
    const raw = steps.map(({ dx, y }) => [(at += dx), y] as [number, number]);
    return raw.map(([x, y]): [number, number] => [
      ((x - (raw[0]?.[0] ?? 0)) / (at - (raw[0]?.[0] ?? 0) || 1)) * WIDTH,
      y,
    ]);
  });

test('the raster is at most one column off in x and none in y', () => {
  fc.assert(
    fc.property(randomWalk, fc.constantFrom(1, 1.25, 2.25, 2.5), fc.boolean(), (walk, width, isBucketed) => {
      const exact = points(...walk);
      const drawn = isBucketed ? bucketise(exact.xFirst, exact.first, bucketWidth(0, WIDTH, WIDTH)) : exact;
      const pixmap = draw(drawn, xs, ys, { width });
      const truth = bruteForce(exact, xs, ys);
      const spill = Math.ceil(width / 2);
      const near = (column: number, reach: number): { low: number; high: number } => ({
        low: Math.min(...truth.slice(Math.max(0, column - reach), column + reach + 1).map(({ low }) => low)),
        high: Math.max(
          ...truth.slice(Math.max(0, column - reach), column + reach + 1).map(({ high }) => high),
        ),
      });
      for (let column = 0; column < WIDTH; column += 1) {
        const allowed = near(column, 1 + spill);
        for (let row = 0; row < HEIGHT; row += 1) {
          // Nothing is lit beyond the extent of the path in these columns and half the stroke.
          if (lit(pixmap, column, row) < 0.02) continue;
          expect(row + 1).toBeGreaterThan(allowed.low - width / 2 - 0.01);
          expect(row).toBeLessThan(allowed.high + width / 2 + 0.01);
        }
        const { low, high } = truth[column] as { low: number; high: number };
        for (let row = Math.ceil(low); row < Math.floor(high); row += 1) {
          // Each pixel that the path goes through from top to bottom is lit, here or one column beside.
          const most = Math.max(
            ...[column - 1, column, column + 1].map((c) => (c >= 0 && c < WIDTH ? lit(pixmap, c, row) : 0)),
          );
          expect(most).toBeGreaterThan(0.3);
        }
      }
    }),
    { numRuns: 150 },
  );
});
