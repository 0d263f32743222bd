import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf } from './column.ts';
import { decodeJournal, encodeJournal } from './journal-record.ts';

const position = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
);
const record = fc
  .array(
    fc.record({
      series: fc.integer({ min: 1, max: 2 ** 40 }),
      points: fc.array(fc.tuple(position, position, fc.double()), { minLength: 1, maxLength: 9 }),
    }),
    { maxLength: 12 },
  )
  .map((runs) => {
    const points = runs.flatMap((run) => run.points);
    return {
      sequence: 41,
      at: 1_700_000_000_000,
      series: Float64Array.from(runs, (run) => run.series),
      counts: Uint32Array.from(runs, (run) => run.points.length),
      steps: Float64Array.from(points, ([step]) => step),
      times: Float64Array.from(points, ([, time]) => time),
      values: Float64Array.from(points, ([, , value]) => value),
    };
  });

test('any record decodes to the same bits', () => {
  fc.assert(
    fc.property(record, (written) => {
      const read = decodeJournal(encodeJournal(written), 41);
      expect(read).toEqual(written);
      expect(Buffer.compare(bytesOf(read.values), bytesOf(written.values))).toBe(0);
    }),
    { numRuns: 500 },
  );
});

test('a wide record of equal steps and times costs about twelve bytes a point', () => {
  const count = 1000;
  const column = (value: number) => new Float64Array(count).fill(value);
  const bytes = encodeJournal({
    sequence: 1,
    at: 0,
    series: Array.from({ length: count }, (_, i) => i + 1),
    counts: column(1),
    steps: column(77),
    times: column(1.7e15),
    values: column(0.1),
  });
  expect(bytes.length / count).toBeLessThan(12.1);
});

test('a record that is cut, changed or in the wrong row is corrupt and named by its sequence', () => {
  const bytes = encodeJournal({
    sequence: 41,
    at: 5,
    series: [1],
    counts: [3],
    steps: Float64Array.of(1, 2, 3),
    times: Float64Array.of(4, 5, 6),
    values: Float64Array.of(7, 8, 9),
  });
  const corrupt = expect.objectContaining({
    code: 'corrupt',
    message: expect.stringContaining('41') as string,
  }) as Error;
  for (let length = 0; length < bytes.length; length += 1) {
    expect(() => decodeJournal(bytes.subarray(0, length), 41)).toThrow(corrupt);
  }
  for (let at = 4; at < bytes.length; at += 1) {
    const changed = bytes.slice();
    changed[at] = (changed[at] as number) ^ 16;
    expect(() => decodeJournal(changed, 41)).toThrow(corrupt);
  }
  expect(() => decodeJournal(bytes, 42)).toThrow(/42/);
});
