import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeSeriesFrame, encodeSeriesFrame, type FrameBuckets, type FrameSeries } from './series-frame.ts';

const anyDouble = fc.double();
const DOUBLES = ['index', 'xFirst', 'xLast', 'first', 'last', 'min', 'max'] as const;

const someBuckets: fc.Arbitrary<FrameBuckets> = fc.nat({ max: 9 }).chain((n) => {
  const column = fc
    .array(anyDouble, { minLength: n, maxLength: n })
    .map((numbers) => Float64Array.from(numbers));
  const byte = fc
    .array(fc.nat({ max: 7 }), { minLength: n, maxLength: n })
    .map((flags) => Uint8Array.from(flags));
  const count = fc
    .array(fc.nat({ max: 0xffff_ffff }), { minLength: n, maxLength: n })
    .map((counts) => Uint32Array.from(counts));
  return fc.record({
    width: fc.integer({ min: -1074, max: 1023 }).map((exponent) => 2 ** exponent),
    index: column,
    xFirst: column,
    xLast: column,
    first: column,
    last: column,
    min: column,
    max: column,
    count,
    flags: byte,
  });
});

const someSeries: fc.Arbitrary<FrameSeries> = fc.record(
  {
    run: fc.stringMatching(/^[0-9a-f]{32}$/),
    metric: fc.string({ unit: 'grapheme', maxLength: 20 }),
    points: fc.nat(),
    extent: fc.tuple(anyDouble, anyDouble),
    buckets: someBuckets,
    smoothed: someBuckets,
  },
  { requiredKeys: ['run', 'metric', 'points', 'buckets'] },
);

test('decoding an encoded frame gives the same series, bit for bit', () => {
  fc.assert(
    fc.property(fc.array(someSeries, { maxLength: 6 }), (series) => {
      const frame = encodeSeriesFrame(series);
      expect(frame.byteLength % 8).toBe(0);
      // toEqual tells −0 from 0 and finds NaN equal to NaN.
      expect(decodeSeriesFrame(frame.buffer as ArrayBuffer)).toEqual(series);
    }),
    { numRuns: 200 },
  );
});

test('every column lies at a multiple of 8 bytes, so that it is read without a copy', () => {
  fc.assert(
    fc.property(fc.array(someSeries, { maxLength: 6 }), (series) => {
      const { buffer } = encodeSeriesFrame(series);
      for (const { buckets, smoothed } of decodeSeriesFrame(buffer as ArrayBuffer)) {
        for (const block of smoothed ? [buckets, smoothed] : [buckets]) {
          for (const column of [...DOUBLES, 'count', 'flags'] as const) {
            expect(block[column].byteOffset % 8).toBe(0);
            expect(block[column].buffer).toBe(buffer);
          }
        }
      }
    }),
    { numRuns: 50 },
  );
});

test('what is no frame is refused', () => {
  for (const bytes of [[], [1, 2, 3], [0x43, 0x53, 0x46, 0x32, 0, 0, 0, 0]]) {
    expect(() => decodeSeriesFrame(Uint8Array.from(bytes).buffer)).toThrow('Not a series frame');
  }
});
