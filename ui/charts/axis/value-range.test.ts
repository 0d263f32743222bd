import { expect, test } from 'vitest';

import { seriesOfPoints, type Series } from '#ui/charts/series.ts';
import { valueRange, type RangeOptions } from './value-range.ts';

const series = (length: number, value: (i: number) => number): Series =>
  seriesOfPoints(
    Float64Array.from({ length }, (_, i) => i),
    Float64Array.from({ length }, (_, i) => value(i)),
  );
const options = (change: Partial<RangeOptions> = {}): RangeOptions => ({
  kind: 'linear',
  clip: true,
  xFrom: 0,
  xTo: 1e9,
  isWhole: true,
  ...change,
});

test('the range holds all values and a margin', () => {
  const range = valueRange([series(100, (i) => 2 + i / 100)], options());
  expect(range?.clipped).toBe(0);
  expect(range?.scale.from).toBeLessThan(2);
  expect(range?.scale.to).toBeGreaterThan(2.99);
});

test('one outlier is clipped and counted, unless clipping is off', () => {
  const spiky = series(1000, (i) => (i === 500 ? 1e6 : Math.sin(i)));
  const range = valueRange([spiky], options());
  expect(range?.clipped).toBe(1);
  expect(range?.scale.to).toBeLessThan(2);
  expect(valueRange([spiky], options({ clip: false }))?.scale.to).toBeGreaterThan(1e6);
});

test('the first descent of a whole curve may leave the frame, in a zoomed one it stays', () => {
  const loss = series(1000, (i) => 10 * Math.exp(-i / 15) + 0.1 * Math.exp(-i / 1000));
  const whole = valueRange([loss], options({ xTo: 999 }));
  expect(whole?.scale.to).toBeLessThan(1);
  expect(whole?.clipped).toBeGreaterThan(0);
  const zoomed = valueRange([loss], options({ xTo: 50, isWhole: false }));
  expect(zoomed?.scale.to).toBeGreaterThan(9);
});

test('dips that come back again and again are no outliers', () => {
  const use = series(1000, (i) => (i % 20 === 0 ? 40 : 92));
  expect(valueRange([use], options())?.clipped).toBe(0);
});

test('a log range counts what is not positive and leaves it out', () => {
  const range = valueRange([series(10, (i) => i - 1)], options({ kind: 'log' }));
  expect(range?.notPositive).toBe(2);
  expect(range?.scale.from).toBeGreaterThan(0);
});

test('a constant has a range around it, and a quantity that is never negative starts at zero', () => {
  const constant = valueRange([series(5, () => 3)], options());
  expect(constant?.scale.from).toBeLessThan(3);
  expect(constant?.scale.to).toBeGreaterThan(3);
  expect(valueRange([series(50, (i) => i)], options())?.scale.from).toBe(0);
});

test('nothing finite has no range', () => {
  expect(valueRange([series(5, () => NaN)], options())).toBeUndefined();
  expect(valueRange([], options())).toBeUndefined();
});
