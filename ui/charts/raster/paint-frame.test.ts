import { expect, test } from 'vitest';

import { paintFrame } from './paint-frame.ts';
import type { Pixmap } from './pixmap.ts';
import type { RasterFrame, RasterLine } from './raster-frame.ts';
import { seriesOfPoints, type Series } from '#ui/charts/series.ts';

const BACKGROUND = 0x111318;
const GRID = 0x262a32;
const RED = 0xff0000;
const GREEN = 0x00ff00;

const line = (change: Partial<RasterLine> = {}): RasterLine => ({
  series: 0,
  colour: RED,
  width: 1,
  dash: 0,
  alpha: 1,
  band: false,
  through: 'extremes',
  halo: false,
  live: false,
  ...change,
});
const frame = (lines: RasterLine[], change: Partial<RasterFrame> = {}): RasterFrame => ({
  width: 100,
  height: 50,
  ratio: 1,
  x: { kind: 'linear', from: 0, to: 100 },
  y: { kind: 'linear', from: 0, to: 50 },
  background: BACKGROUND,
  gridColour: GRID,
  grid: [],
  lines,
  ...change,
});
const points = (...xy: [number, number][]): Series =>
  seriesOfPoints(
    Float64Array.from(xy, ([x]) => x),
    Float64Array.from(xy, ([, y]) => y),
  );
const paint = (framed: RasterFrame, ...series: Series[]): Pixmap => paintFrame(framed, (key) => series[key]);
const colourAt = (pixmap: Pixmap, x: number, y: number): number => {
  const [r = 0, g = 0, b = 0] = pixmap.bytes.subarray((y * pixmap.width + x) * 4);
  return (r << 16) | (g << 8) | b;
};
const redIn = (pixmap: Pixmap, x: number, y: number): number => colourAt(pixmap, x, y) >> 16;

test('a chart without lines is its background and its grid', () => {
  const pixmap = paint(frame([], { grid: [25] }));
  expect(colourAt(pixmap, 3, 3)).toBe(BACKGROUND);
  expect(colourAt(pixmap, 3, 25)).toBe(GRID);
  expect(pixmap.bytes[3]).toBe(255);
});

test('larger values are higher up', () => {
  const pixmap = paint(frame([line()]), points([0, 40.5], [100, 40.5]));
  expect(colourAt(pixmap, 50, 9)).toBe(RED);
});

test('the band is filled at 14 % between min and max, under the line', () => {
  const x = Float64Array.of(0, 50, 100);
  const flat = (value: number): Float64Array => Float64Array.of(value, value, value);
  const series = { xFirst: x, xLast: x, first: flat(25.5), last: flat(25.5), min: flat(10), max: flat(40) };
  const pixmap = paint(frame([line({ band: true, through: 'last' })]), series);
  expect(colourAt(pixmap, 30, 24)).toBe(RED);
  const expected = (BACKGROUND >> 16) + Math.round((255 - (BACKGROUND >> 16)) * 0.14);
  expect(Math.abs(redIn(pixmap, 30, 15) - expected)).toBeLessThanOrEqual(2);
  expect(colourAt(pixmap, 30, 5)).toBe(BACKGROUND);
});

test('raw values show at 25 % under the smoothed line', () => {
  const smooth = points([0, 40.5], [100, 40.5]);
  const raw = points([0, 10.5], [100, 10.5]);
  const pixmap = paint(frame([line({ raw: 1 })]), smooth, raw);
  const expected = (BACKGROUND >> 16) + Math.round((255 - (BACKGROUND >> 16)) * 0.25);
  expect(Math.abs(redIn(pixmap, 50, 39) - expected)).toBeLessThanOrEqual(2);
});

test('a later line lies above an earlier one, and a halo parts it from what is below', () => {
  const upright = points([0, 25], [100, 25]);
  const pixmap = paint(
    frame([line(), line({ series: 1, colour: GREEN, width: 2, halo: true })]),
    upright,
    points([0, 0], [100, 50]),
  );
  expect(colourAt(pixmap, 50, 24)).toBe(GREEN);
  expect(redIn(pixmap, 48, 24)).toBeLessThan(0x60);
});

test('NaN is a cross at the foot, clipped values are ticks on the frame', () => {
  const pixmap = paint(
    frame([line()]),
    points([0, 25], [20, 25], [30, NaN], [40, 25], [70, 90], [80, 25], [100, 25]),
  );
  expect(redIn(pixmap, 30, 45)).toBeGreaterThan(0xa0);
  expect(redIn(pixmap, 70, 2)).toBeGreaterThan(0x80);
});

test('the live end is a dot of five pixels', () => {
  const pixmap = paint(frame([line({ live: true })]), points([0, 24.5], [60.5, 24.5]));
  expect(colourAt(pixmap, 62, 25)).toBe(RED);
  expect(colourAt(pixmap, 60, 23)).toBe(RED);
  expect(redIn(pixmap, 64, 25)).toBeLessThan(0x60);
});

test('a log axis skips what it cannot show and goes on after it', () => {
  const pixmap = paint(
    frame([line()], { y: { kind: 'log', from: 0.1, to: 1000 } }),
    points([0, 10], [40, 10], [50, -1], [60, 10], [100, 10]),
  );
  expect(redIn(pixmap, 20, 25)).toBeGreaterThan(0x60);
  expect(redIn(pixmap, 50, 25)).toBe(BACKGROUND >> 16);
  expect(redIn(pixmap, 80, 25)).toBeGreaterThan(0x60);
});

test('twice the pixels show the same picture', () => {
  const series = points([0, 10], [30, 40], [60, 20], [100, 45]);
  const once = paint(frame([line({ width: 2 })]), series);
  const twice = paint(frame([line({ width: 4 })], { width: 200, height: 100, ratio: 2 }), series);
  for (const [x, y] of [
    [15, 25],
    [45, 20],
    [80, 17],
    [5, 5],
  ] as const) {
    const four = [0, 1].flatMap((dx) => [0, 1].map((dy) => redIn(twice, 2 * x + dx, 2 * y + dy)));
    const mean = four.reduce((sum, part) => sum + part, 0) / 4;
    expect(Math.abs(mean - redIn(once, x, y))).toBeLessThan(48);
  }
});

test('a value without neighbours is a dot that can be seen', () => {
  const pixmap = paint(frame([line()]), points([50, 25]));
  for (const [x, y] of [
    [50, 24],
    [48, 24],
    [51, 25],
    [50, 26],
  ] as const) {
    expect(redIn(pixmap, x, y)).toBe(0xff);
  }
  expect(redIn(pixmap, 56, 24)).toBe(BACKGROUND >> 16);
});

test('a value between gaps is a dot, the ends of a line are none', () => {
  const pixmap = paint(frame([line()]), points([10, 25], [20, 25], [40, NaN], [60, 25], [80, NaN]));
  expect(redIn(pixmap, 60, 26)).toBe(0xff);
  expect(redIn(pixmap, 20, 26)).toBe(BACKGROUND >> 16);
});
