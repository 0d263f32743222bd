import type { Classifier, Weights } from './classifier.ts';
import { CLASSES, type Digits } from './digits.ts';

export interface Evaluation {
  /** Mean negative log-likelihood, without weight decay. */
  readonly loss: number;
  /** Share in [0, 1] of digits recognised. */
  readonly accuracy: number;
  /** `confusion[truth][guess]` counts. */
  readonly confusion: number[][];
}

/** A model whose weights are not numbers any more recognises nothing. */
export function evaluate(model: Classifier, weights: Weights, digits: Digits): Evaluation {
  const confusion = Array.from({ length: CLASSES }, () => Array.from({ length: CLASSES }, () => 0));
  const probabilities = new Float64Array(CLASSES);
  let loss = 0;
  let right = 0;
  for (let row = 0; row < digits.count; row += 1) {
    model.predict(weights, digits, row, probabilities);
    const truth = digits.labels[row]!;
    loss -= Math.log(probabilities[truth]!);
    const best = probabilities.reduce((top, p, digit) => (p > (probabilities[top] ?? 0) ? digit : top), 0);
    if (Number.isNaN(probabilities[0])) continue;
    confusion[truth]![best]! += 1;
    right += Number(best === truth);
  }
  return { loss: loss / digits.count, accuracy: right / digits.count, confusion };
}
