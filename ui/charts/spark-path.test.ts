import { expect, test } from 'vitest';

import { seriesOfPoints, type Series } from './series.ts';
import { sparkPath } from './spark-path.ts';

const series = (...values: number[]): Series =>
  seriesOfPoints(
    Float64Array.from(values, (_, i) => i),
    Float64Array.from(values),
  );
const box = { width: 100, height: 20 };

test('a sparkline goes from edge to edge, larger values higher up', () => {
  const path = sparkPath(series(0, 1), box);
  expect(path.d).toBe('M1 17L97 3');
  expect(path.end).toEqual({ x: 97, y: 3 });
});

test('a gap lifts the pen', () => {
  expect(sparkPath(series(0, 1, NaN, 1, 0), box).d.match(/M/g)).toHaveLength(2);
});

test('no path is longer than its pixels', () => {
  const many = series(...Array.from({ length: 10_000 }, (_, i) => Math.sin(i / 500)));
  expect(sparkPath(many, box).d.match(/[ML]/g)?.length).toBeLessThanOrEqual(200);
});

test('nothing finite is no path', () => {
  expect(sparkPath(series(NaN), box)).toMatchObject({ d: '', end: undefined });
});
