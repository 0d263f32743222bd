import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  BucketBuilder,
  HAS_NAN,
  HAS_NEGATIVE_INFINITY,
  HAS_POSITIVE_INFINITY,
  bucketIndex,
  bucketWidth,
  bucketise,
} from './m4.ts';
import type { BucketAggregate, Buckets } from './m4.ts';

type Point = readonly [x: number, value: number];
type Row = BucketAggregate & { readonly index: number };

/** Obviously correct: groups the points by bucket, then looks at each group as a whole. */
function bruteForce(points: readonly Point[], width: number): Row[] {
  const groups = Map.groupBy(points, ([at]) => exactIndex(at, width));
  return [...groups].map(([index, group]) => {
    const finite = group.filter(([, value]) => Number.isFinite(value));
    const values = group.map(([, value]) => value);
    const ends = finite.length > 0 ? finite : group;
    const pick = (better: (a: number, b: number) => boolean) =>
      finite.reduce((best, [, value]) => (Number.isNaN(best) || better(value, best) ? value : best), NaN);
    return {
      index,
      count: group.length,
      flags:
        (values.some(Number.isNaN) ? 1 : 0) +
        (values.includes(Infinity) ? 2 : 0) +
        (values.includes(-Infinity) ? 4 : 0),
      xFirst: ends.at(0)?.[0] as number,
      xLast: ends.at(-1)?.[0] as number,
      first: finite.at(0)?.[1] ?? NaN,
      last: finite.at(-1)?.[1] ?? NaN,
      min: pick((a, b) => a < b),
      max: pick((a, b) => a > b),
    };
  });
}

/** The k for which k · width ≤ x < (k + 1) · width, also where x / width is too small for a double. */
function exactIndex(at: number, width: number): number {
  const floor = Math.floor(at / width) + 0;
  return floor * width > at ? floor - 1 : floor;
}

function rows(buckets: Buckets): Row[] {
  const names = ['index', 'count', 'flags', 'xFirst', 'xLast', 'first', 'last', 'min', 'max'] as const;
  return Array.from(
    buckets.index,
    (_, i) => Object.fromEntries(names.map((name) => [name, buckets[name][i]])) as unknown as Row,
  );
}

function columns(points: readonly Point[]): [Float64Array, Float64Array] {
  return [Float64Array.from(points, ([x]) => x), Float64Array.from(points, ([, value]) => value)];
}

const width = fc.integer({ min: -12, max: 12 }).map((k) => 2 ** k);
const x = fc.oneof(
  fc.integer({ min: -40, max: 40 }),
  fc.double({ min: -1e4, max: 1e4, noNaN: true }),
  fc.constantFrom(-0, 0, 2 ** 53, -(2 ** 53), 1.5e12),
);
const value = fc.oneof(
  { weight: 3, arbitrary: fc.double() },
  { weight: 3, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 2, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, -0, 0) },
);
const points = fc
  .array(fc.tuple(x, value), { maxLength: 200 })
  .map((list): Point[] => list.toSorted(([a], [b]) => a - b));

test('buckets equal brute force over every point: any steps, repeats, NaN, infinities and −0', () => {
  fc.assert(
    fc.property(points, width, (list, w) => {
      const buckets = bucketise(...columns(list), w);
      expect(rows(buckets)).toStrictEqual(bruteForce(list, w));
      expect(buckets.index).toEqual(buckets.index.toSorted());
    }),
    { numRuns: 500 },
  );
});

test('a chunk pushed as one aggregate gives the same bits as its points', () => {
  fc.assert(
    fc.property(points, width, fc.integer({ min: 1, max: 9 }), (list, w, size) => {
      const builder = new BucketBuilder(w, 1);
      for (let at = 0; at < list.length; at += size) {
        const chunk = list.slice(at, at + size);
        const inside = new Set(chunk.map((point) => bucketIndex(point[0], w))).size === 1;
        if (inside) builder.pushAggregate(bruteForce(chunk, w)[0] as Row);
        else builder.pushColumns(...columns(chunk));
      }
      expect(rows(builder.finish())).toStrictEqual(bruteForce(list, w));
    }),
    { numRuns: 300 },
  );
});

test('appending points leaves every bucket but the last as it was', () => {
  fc.assert(
    fc.property(points, points, width, (list, more, w) => {
      const latest = list.at(-1)?.[0] ?? 0;
      const appended = more.filter(([at]) => at >= latest);
      const before = rows(bucketise(...columns(list), w));
      const after = rows(bucketise(...columns([...list, ...appended]), w));
      expect(after.slice(0, Math.max(0, before.length - 1))).toStrictEqual(before.slice(0, -1));
    }),
  );
});

test('a column of pixels is at least one and less than two buckets wide', () => {
  const end = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(end, end, fc.integer({ min: 1, max: 8000 }), (a, b, pixels) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const wide = high / pixels - low / pixels;
      const column = Number.isFinite(high - low) ? (high - low) / pixels : Math.min(wide, Number.MAX_VALUE);
      fc.pre(column > 2 ** -1020);
      const w = bucketWidth(low, high, pixels);
      expect(w).toBeLessThanOrEqual(column);
      expect(w).toBeGreaterThan(column / 2);
      expect(Number.isInteger(Math.log2(w))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  [0, 1024, 1024, 1],
  [0, 1023, 1024, 0.5],
  [0, 1500, 1500, 1],
  [0, 3000, 1500, 2],
  [-1, 1, 3, 0.5],
  [0, 1e-9, 1000, 2 ** -40],
  [-Number.MAX_VALUE, Number.MAX_VALUE, 1, 2 ** 1023],
  [0, Number.MIN_VALUE, 100, Number.MIN_VALUE],
  [0, 2 ** -1060, 1, 2 ** -1060],
  [7, 7, 800, 1],
  [9, 7, 800, 1],
  [0, 10, 0, 1],
  [0, Infinity, 10, 1],
  [NaN, 5, 10, 1],
])('the range %d … %d on %d pixels has buckets %d wide', (low, high, pixels, expected) => {
  expect(bucketWidth(low, high, pixels)).toBe(expected);
});

test('a bucket without finite values still says where its points are and of which kind they were', () => {
  const [xs, values] = columns([
    [1, NaN],
    [2, -Infinity],
    [3, Infinity],
  ]);
  expect(rows(bucketise(xs, values, 4))).toEqual([
    {
      index: 0,
      count: 3,
      flags: HAS_NAN | HAS_POSITIVE_INFINITY | HAS_NEGATIVE_INFINITY,
      xFirst: 1,
      xLast: 3,
      first: NaN,
      last: NaN,
      min: NaN,
      max: NaN,
    },
  ]);
});

test('what cannot be bucketed is refused', () => {
  expect(() => bucketise(Float64Array.of(5, 1), new Float64Array(2), 1)).toThrow(RangeError);
  expect(() => bucketise(Float64Array.of(NaN), new Float64Array(1), 1)).toThrow(RangeError);
  expect(() => bucketise(Float64Array.of(Infinity), new Float64Array(1), 1)).toThrow(RangeError);
  expect(() => bucketise(new Float64Array(2), new Float64Array(1), 1)).toThrow(RangeError);
  expect(() => new BucketBuilder(0)).toThrow(RangeError);
  const crossing = { count: 2, flags: 0, xFirst: 0, xLast: 1, first: 0, last: 0, min: 0, max: 0 };
  expect(() => new BucketBuilder(1).pushAggregate(crossing)).toThrow(RangeError);
});
