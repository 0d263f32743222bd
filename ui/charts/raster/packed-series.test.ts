import { expect, test } from 'vitest';

import { packSeries, unpackSeries } from './packed-series.ts';
import { seriesOfPoints } from '#ui/charts/series.ts';

test('what is unpacked is what was packed, and columns that were one array stay one', () => {
  const points = seriesOfPoints(Float64Array.of(1, 2, 3), Float64Array.of(4, NaN, -0));
  const buckets = {
    xFirst: Float64Array.of(1),
    xLast: Float64Array.of(2),
    first: Float64Array.of(3),
    last: Float64Array.of(4),
    min: Float64Array.of(2.5),
    max: Float64Array.of(5),
  };
  const pack = packSeries([
    [7, points],
    [9, buckets],
  ]);
  expect(pack.buffer.byteLength).toBe((2 * 3 + 6) * 8 + 3);
  const [one, two] = unpackSeries(pack);
  expect(one?.[0]).toBe(7);
  expect(one?.[1]).toEqual(points);
  expect(one?.[1].first).toBe(one?.[1].max);
  expect(two).toEqual([9, buckets]);
});

test('a series without rows packs to nothing', () => {
  const empty = seriesOfPoints(new Float64Array(0), new Float64Array(0));
  expect(unpackSeries(packSeries([[1, empty]]))).toEqual([[1, empty]]);
});
