import { expect, test } from 'vitest';
import { importance } from './importance.ts';

const numbers = (...values: number[]): Float64Array => Float64Array.from(values);
const upTo = (n: number): number[] => Array.from({ length: n }, (_, at) => at + 1);

/** Six ranks in halves: each is foretold by the mean of two others, off by 1.5, 0, 1.5; by the mean of all five others off by 6/5 of 2.5, 1.5, 0.5. */
const HALVES = 1 - (4 * 1.5 ** 2) / ((6 / 5) ** 2 * 17.5);

test('two words that part six runs into better and worse, by hand', () => {
  const share = importance(numbers(0.1, 0.2, 0.3, 0.4, 0.5, 0.6), ['a', 'a', 'a', 'b', 'b', 'b']);
  expect(share).toBeCloseTo(HALVES, 12);
});

test('words that mix good and bad runs explain nothing', () => {
  expect(importance(numbers(1, 2, 3, 4, 5, 6), ['a', 'b', 'b', 'a', 'a', 'b'])).toBe(0);
});

test('a word that is another one in each run explains nothing, however well it could', () => {
  expect(importance(numbers(1, 2, 3, 4, 5), ['a', 'b', 'c', 'd', 'e'])).toBe(0);
  // Nor do many such words beside a pair of the best runs: the pair alone is foretold.
  const seeds = [...upTo(20).map((seed) => `s${seed}`), 'none', 'none'];
  const share = importance(Float64Array.from(upTo(22)), seeds);
  // Ranks 21 and 22 are off by 1 each instead of 22/21 of 9.5 and 10.5; all squares are (22/21)² · 885.5.
  const saved = (22 / 21) ** 2 * (9.5 ** 2 + 10.5 ** 2) - 2;
  expect(share).toBeCloseTo(saved / ((22 / 21) ** 2 * 885.5), 12);
});

test('a few runs with different numbers: a line through ranks 1, 2, 3, 5, 4, each foretold by the other four', () => {
  // Residuals −0.2, −0.1, 0, 1.1, −0.8 over 1 − leverage 0.4, 0.7, 0.8, 0.7, 0.4; by the mean (5/4)² · 10.
  const press = (0.2 / 0.4) ** 2 + (0.1 / 0.7) ** 2 + (1.1 / 0.7) ** 2 + (0.8 / 0.4) ** 2;
  const share = 1 - press / ((5 / 4) ** 2 * 10);
  expect(importance(numbers(1, 2, 3, 5, 4), [1, 2, 3, 4, 5])).toBeCloseTo(share, 12);
  // Falling as well as rising, and however far the numbers lie apart.
  expect(importance(numbers(5, 4, 3, 1, 2), [0.001, 0.01, 0.1, 1, 1000])).toBeCloseTo(share, 12);
});

test('one number that differs from all others foretells nothing', () => {
  // The line through the three equal ones says nothing about the fourth: they are foretold by each other, it by nothing.
  const share = importance(numbers(1, 2, 3, 4), [0, 0, 0, 1]);
  expect(share).toBeCloseTo(1 - (2 * 1.5 ** 2 + ((4 / 3) * 1.5) ** 2) / ((4 / 3) ** 2 * 5), 12);
});

test('a number with its best in the middle counts, though its correlation is 0', () => {
  // 15 runs in three groups of 5, ranks 1.5 3.5 5.5 7.5 9.5 | 11.5 13.5 15 13.5 11.5 | 9.5 … 1.5: 276.5 in all, 187.5 between.
  const share = importance(
    Float64Array.from(upTo(15), (x) => -((x - 8) ** 2)),
    upTo(15),
  );
  expect(share).toBeCloseTo(1 - ((5 / 4) ** 2 * (276.5 - 187.5)) / ((15 / 14) ** 2 * 276.5), 12);
});

test('runs without the param are a group of their own', () => {
  const some = [1, 1, 1, undefined, undefined, undefined];
  expect(importance(numbers(1, 2, 3, 4, 5, 6), some)).toBeCloseTo(HALVES, 12);
});

test('one diverged run weighs no more than the others', () => {
  const words = ['a', 'a', 'a', 'b', 'b', 'b'];
  expect(importance(numbers(1, 2, 3, 4, 5, 1e9), words)).toBe(importance(numbers(1, 2, 3, 4, 5, 6), words));
});

test('what never varies explains nothing and cannot be explained', () => {
  expect(importance(numbers(1, 2, 3, 4), ['a', 'a', 'a', 'a'])).toBe(0);
  expect(importance(numbers(1, 2, 3, 4), [7, 7, 7, 7])).toBe(0);
  expect(importance(numbers(2, 2, 2, 2), ['a', 'a', 'b', 'b'])).toBe(0);
  expect(importance(numbers(1, 2, 3), ['a', 'a', 'b'])).toBe(0);
});

test('chance scores next to nothing: the mean of 200 shuffled params over 40 runs', () => {
  let seed = 7;
  const random = (): number => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  let sum = 0;
  for (let round = 0; round < 200; round += 1) {
    sum += importance(Float64Array.from(upTo(40), random), upTo(40).map(random));
  }
  expect(sum / 200).toBeLessThan(0.08);
});
