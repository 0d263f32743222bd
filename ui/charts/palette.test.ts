import { expect, test } from 'vitest';

import { dashesFor, slotOf } from './palette.ts';

test('neighbours in number have different slots, all from 1 to 10', () => {
  const slots = Array.from({ length: 40 }, (_, number) => slotOf(number));
  expect(new Set(slots)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
  for (let i = 1; i < slots.length; i += 1) expect(slots[i]).not.toBe(slots[i - 1]);
});

test('lines that share a colour differ in their dashes', () => {
  expect(dashesFor([3, 5, 3, 3, 5])).toEqual([0, 0, 1, 2, 1]);
});
