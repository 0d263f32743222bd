import { expect, test } from 'vitest';
import { perceptron } from './perceptron.ts';
import { evaluate } from './evaluate.ts';
import { readDigits, splitDigits } from './digits.ts';
import { DEFAULTS, train } from './train.ts';
import { worn } from './wear.ts';

const split = splitDigits(readDigits());

test('new digits are as they were, and all ink stays on the page when they move a little', () => {
  expect(worn(split.held, 0).images).toEqual(split.held.images);
  const ink = (images: Float64Array): number => images.reduce((sum, grey) => sum + grey, 0);
  expect(ink(worn(split.held, 0.3).images)).toBeLessThanOrEqual(ink(split.held.images));
  expect(ink(worn(split.held, 0.3).images)).toBeGreaterThan(0.8 * ink(split.held.images));
});

test('the more they wear, the fewer a trained model recognises', () => {
  const model = perceptron(16);
  const { weights } = train(split, { ...DEFAULTS, lr: 0.1, epochs: 15 }, model)
    .toArray()
    .at(-1)!;
  const accuracies = [0, 0.5, 1].map((age) => evaluate(model, weights, worn(split.held, age)).accuracy);
  expect(accuracies[0]).toBeGreaterThan(0.9);
  expect(accuracies[1]).toBeLessThan(accuracies[0]!);
  expect(accuracies[2]).toBeLessThan(accuracies[1]!);
});
