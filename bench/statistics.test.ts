import { expect, test } from 'vitest';
import { median, quantile } from './statistics.ts';

test('a quantile is a value that was measured, by nearest rank', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2);
  expect(quantile([10, 20, 30, 40, 50, 60, 70, 80, 90, 100], 0.95)).toBe(100);
  expect(quantile([5], 0.01)).toBe(5);
  expect(quantile([], 0.5)).toBeNaN();
});
