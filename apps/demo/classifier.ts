import type { Digits } from './digits.ts';

/** Weights as one vector, so that optimiser, gradient check and file see numbers only. */
export type Weights = Float64Array;

/** A model that gives each of the ten digits a probability. */
export interface Classifier {
  /** `softmax regression`, `perceptron 32`. */
  readonly name: string;
  readonly weightCount: number;
  readonly initialWeights: (seed: number) => Weights;
  /** Probabilities of the ten digits for image `row`, written to `out`. */
  readonly predict: (weights: Weights, digits: Digits, row: number, out: Float64Array) => void;
  /** Mean negative log-likelihood over `digits` plus (λ/2)·‖W‖² without biases; its gradient is written to `gradient`. */
  readonly lossAndGradient: (
    weights: Weights,
    digits: Digits,
    weightDecay: number,
    gradient: Float64Array,
  ) => number;
}

/** Scores to probabilities in place. The highest score is subtracted first: exp never overflows and the quotient is the same. */
export function softmax(scores: Float64Array): void {
  let highest = -Infinity;
  for (const score of scores) highest = Math.max(highest, score);
  let total = 0;
  for (let at = 0; at < scores.length; at += 1) total += scores[at] = Math.exp(scores[at]! - highest);
  for (let at = 0; at < scores.length; at += 1) scores[at]! /= total;
}
