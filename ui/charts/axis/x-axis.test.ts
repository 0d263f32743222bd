import { expect, test } from 'vitest';

import { xTicks } from './x-axis.ts';

const CLOCK = { locale: 'en', offsetMinutes: 0 };
const texts = (from: number, to: number): string[] =>
  xTicks('step', from, to, 400, CLOCK).map(({ text }) => text);

test('a chart of one step names that step and no halves of it', () => {
  expect(texts(-0.5, 0.5)).toEqual(['0']);
  expect(texts(41.5, 42.5)).toEqual(['42']);
});

test('a zoom between two steps keeps its fractions, a wide range has whole steps', () => {
  expect(texts(0, 1).map(Number)).toContain(0.5);
  expect(texts(0, 10).every((text) => !text.includes('.'))).toBe(true);
});
