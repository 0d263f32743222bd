import { expect, test } from 'vitest';
import { pick, readDigits, splitDigits } from './digits.ts';
import { classifierOf, hyperparameterGrid } from './grid.ts';
import { perceptron } from './perceptron.ts';
import { softmaxRegression } from './softmax-regression.ts';
import { DEFAULTS, train } from './train.ts';

const split = splitDigits(readDigits());

const MODELS = [softmaxRegression, perceptron(5)];

test.each(MODELS)('$name: the gradient equals central differences of the loss', (model) => {
  const { initialWeights, lossAndGradient, weightCount } = model;
  const digits = pick(split.train, [0, 1, 2, 3, 4, 5, 6]);
  const weights = initialWeights(3).map((weight) => (model === softmaxRegression ? 30 : 1) * weight);
  const gradient = new Float64Array(weightCount);
  lossAndGradient(weights, digits, 0.05, gradient);
  const scratch = new Float64Array(weightCount);
  const h = 1e-5;
  for (let at = 0; at < weightCount; at += 1) {
    const nudged = (by: number): number =>
      lossAndGradient(weights.with(at, weights[at]! + by), digits, 0.05, scratch);
    expect(gradient[at]).toBeCloseTo((nudged(h) - nudged(-h)) / (2 * h), 7);
  }
});

test.each(MODELS)(
  '$name: probabilities sum to one, also when scores are huge',
  ({ initialWeights, predict }) => {
    const weights = initialWeights(1).map((weight) => 1e6 * weight);
    const probabilities = new Float64Array(10);
    predict(weights, split.held, 0, probabilities);
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  },
);

test.each([
  [softmaxRegression, 0.93],
  [perceptron(32), 0.95],
] as const)(
  'the default settings of $0.name recognise at least $1 of the held-out digits',
  (model, least) => {
    const last = train(split, DEFAULTS, model).toArray().at(-1);
    expect(last?.epoch?.evaluation.accuracy).toBeGreaterThanOrEqual(least);
  },
);

test('the same seed gives the same weights', () => {
  const settings = { ...DEFAULTS, epochs: 2 };
  const weights = () => train(split, settings, perceptron(8)).toArray().at(-1)?.weights;
  expect(weights()).toEqual(weights());
});

test('the learning rate that is far too large ends in NaN after a while, the others do not', () => {
  const firstNaN = hyperparameterGrid().map((run) => {
    const steps = train(split, run.lr > 1 ? run : { ...run, epochs: 4 }, classifierOf(run));
    return [run.lr, steps.toArray().findIndex(({ loss }) => Number.isNaN(loss))] as const;
  });
  const broken = firstNaN.filter(([, step]) => step >= 0);
  expect(broken.map(([lr]) => lr)).toEqual([100]);
  expect(broken[0]?.[1]).toBeGreaterThan(100);
});
