import fc from 'fast-check';
import { expect, test } from 'vitest';

import { linearTicks, logTicks, timeTicks } from './ticks.ts';

test('ticks are round and inside the range', () => {
  expect(linearTicks(0, 60_000, 5)).toEqual([0, 20_000, 40_000, 60_000]);
  expect(linearTicks(0.072, 0.152, 5)).toEqual([0.08, 0.1, 0.12, 0.14]);
  expect(linearTicks(-1, 1, 5)).toEqual([-1, -0.5, 0, 0.5, 1]);
});

test('a range of one value has that value', () => {
  expect(linearTicks(3, 3, 5)).toEqual([3]);
});

test('there are never more ticks than asked for and nearly always two', () => {
  const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(
      value,
      fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
      fc.integer({ min: 3, max: 5 }),
      (from, span, most) => {
        fc.pre(from + span > from && span > Math.abs(from) * 1e-9);
        const ticks = linearTicks(from, from + span, most);
        expect(ticks.length).toBeLessThanOrEqual(most);
        expect(ticks.length).toBeGreaterThanOrEqual(most >= 4 ? 2 : 1);
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(from - span * 1e-6);
          expect(tick).toBeLessThanOrEqual(from + span * (1 + 1e-6));
        }
      },
    ),
  );
});

test('log ticks are powers of ten, thinned when there are many', () => {
  expect(logTicks(0.1, 20, 5)).toEqual([0.1, 1, 10]);
  expect(logTicks(1e-12, 1, 5)).toEqual([1e-12, 1e-9, 1e-6, 1e-3, 1]);
});

test('a log range inside of one power falls back to ones, twos and fives', () => {
  expect(logTicks(1.5, 7, 5)).toEqual([2, 5]);
});

test('time ticks fall on the clock of the reader', () => {
  const hour = 3_600_000;
  expect(timeTicks(0, 4 * hour, 5)).toEqual([0, hour, 2 * hour, 3 * hour, 4 * hour]);
  const india = 5.5 * hour;
  for (const tick of timeTicks(0, 96 * hour, 5, india)) expect((tick + india) % (24 * hour)).toBe(0);
});
