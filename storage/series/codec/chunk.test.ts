import fc from 'fast-check';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import type { PointColumns } from '#core/domain/point.ts';
import { decodeChunks, encodeChunk } from './chunk.ts';
import { bytesOf, decodeColumn, encodeColumn } from './column.ts';
import { COLUMN_KIND } from './layout.ts';

/** Any 64 bits as a double: NaNs with payloads, subnormals, all of them. */
const anyBits = fc.bigInt(0n, 2n ** 64n - 1n).map(doubleOf);
const oddities = fc
  .constantFrom(0x7ff8000000000000n, 0xfff8000000000001n, 0x7ff0000000000000n, 1n << 63n, 0n)
  .map(doubleOf);

function doubleOf(bits: bigint): Uint8Array {
  return new Uint8Array(BigUint64Array.of(bits).buffer);
}

function bytesOfDouble(value: number): Uint8Array {
  return bytesOf(Float64Array.of(value));
}

const decimal = fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 8 }));
const shape = fc.oneof(
  fc.array(anyBits, { minLength: 1, maxLength: 200 }),
  fc.array(oddities, { minLength: 1, maxLength: 40 }),
  fc.array(fc.float().map(bytesOfDouble), { minLength: 1, maxLength: 200 }),
  fc.array(fc.oneof({ weight: 20, arbitrary: fc.float().map(bytesOfDouble) }, oddities), {
    minLength: 1,
    maxLength: 60,
  }),
  fc.array(
    decimal.map(([digits, places]) => bytesOfDouble(digits / 10 ** places)),
    { minLength: 1, maxLength: 200 },
  ),
  fc.array(fc.maxSafeInteger().map(bytesOfDouble), { minLength: 1, maxLength: 100 }),
  fc
    .tuple(fc.double({ noNaN: true }), fc.double({ noNaN: true }), fc.integer({ min: 1, max: 300 }))
    .map(([base, delta, count]) => Array.from({ length: count }, (_, i) => bytesOfDouble(base + i * delta))),
  fc
    .tuple(anyBits, fc.integer({ min: 1, max: 50 }))
    .map(([bytes, count]) => Array.from({ length: count }, () => bytes)),
);

/** Doubles put together as bytes: an assignment could change a NaN's payload. */
const column = shape.map((values) => {
  const all = new Float64Array(values.length);
  for (const [i, bytes] of values.entries()) bytesOf(all).set(bytes, i * 8);
  return all;
});

test('any column comes back with the same bits', () => {
  fc.assert(
    fc.property(column, fc.boolean(), (values, isPosition) => {
      const { payload, ...kind } = encodeColumn(values, isPosition);
      const back = decodeColumn(kind, payload, values.length);
      expect(Buffer.compare(bytesOf(back), bytesOf(values))).toBe(0);
    }),
    { numRuns: 1500 },
  );
});

test.each([
  ['constant', () => 1e-4],
  ['linear', (i: number) => 3 + 2 * i],
  ['scaled', (i: number) => ((i * 7919) % 10_000) / 10_000],
  ['scaledDelta', (i: number) => 1e9 + i * 100 + ((i * 7919) % 90)],
  ['float32', (i: number) => Math.fround(Math.exp(-i / 300))],
  ['float64', (i: number) => Math.exp(-i / 300)],
] as const)('a %s column is recognised', (kind, value) => {
  const values = Float64Array.from({ length: 1024 }, (_, i) => value(i));
  expect(encodeColumn(values, false).kind).toBe(COLUMN_KIND[kind]);
});

const regular = { length: 1024 };
const steps = Float64Array.from(regular, (_, i) => 5000 + i);
const times = Float64Array.from(regular, (_, i) => 1_700_000_000_000_000 + i * 50_000);
const values = Float64Array.from(regular, (_, i) => ((i * 7919) % 10_000) / 10_000);

function stored(columns: PointColumns) {
  const data = encodeChunk(columns);
  return { data, points: columns.steps.length, checksum: crc32(data) };
}

test('regular steps and times cost nothing a point', () => {
  expect(encodeChunk({ steps, times, values: new Float64Array(1024) }).length).toBeLessThan(100);
});

test('many chunks decode in one call, also some of their columns only', () => {
  const chunks = [0, 1, 2].map((n) =>
    stored({ steps, times: times.map((t) => t + n * (t % 7)), values: values.map((v) => v + n) }),
  );
  const all = decodeChunks(chunks);
  expect(all[2]).toEqual({
    steps,
    times: times.map((t) => t + 2 * (t % 7)),
    values: values.map((v) => v + 2),
  });
  const some = decodeChunks(chunks, ['values']);
  expect(some.map((columns) => columns.values)).toEqual(all.map((columns) => columns.values));
  expect(some[0]?.steps).toHaveLength(0);
});

test('a chunk with any byte changed is corrupt', () => {
  const chunk = stored({ steps, times, values });
  fc.assert(
    fc.property(fc.nat(chunk.data.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const data = chunk.data.slice();
      data[at] = (data[at] as number) ^ change;
      expect(() => decodeChunks([{ ...chunk, data }])).toThrow(
        expect.objectContaining({ code: 'corrupt' }) as Error,
      );
    }),
  );
});
