import { softmax, type Classifier, type Weights } from './classifier.ts';
import { CLASSES, PIXELS, type Digits } from './digits.ts';
import { normal, seededRandom } from './random.ts';

// Multinomial logistic regression: p(k | x) = exp(x·w_k + b_k) / Σ_j exp(x·w_j + b_j), trained on the mean negative
// log-likelihood plus (λ/2)·‖W‖² (no decay on the biases). Bishop, Pattern Recognition and Machine Learning, §4.3.4.

/** Per class 64 weights and its bias. */
const ROW = PIXELS + 1;
const WEIGHT_COUNT = CLASSES * ROW;

export const softmaxRegression: Classifier = {
  name: 'softmax regression',
  weightCount: WEIGHT_COUNT,
  initialWeights,
  predict,
  lossAndGradient,
};

function initialWeights(seed: number): Weights {
  const random = seededRandom(seed);
  return Float64Array.from({ length: WEIGHT_COUNT }, (_, at) =>
    at % ROW === PIXELS ? 0 : 0.01 * normal(random),
  );
}

function predict(weights: Weights, { images }: Digits, row: number, out: Float64Array): void {
  const image = row * PIXELS;
  for (let digit = 0; digit < CLASSES; digit += 1) {
    const base = digit * ROW;
    let score = weights[base + PIXELS]!;
    for (let pixel = 0; pixel < PIXELS; pixel += 1) score += weights[base + pixel]! * images[image + pixel]!;
    out[digit] = score;
  }
  softmax(out);
}

function lossAndGradient(
  weights: Weights,
  digits: Digits,
  weightDecay: number,
  gradient: Float64Array,
): number {
  gradient.fill(0);
  const probabilities = new Float64Array(CLASSES);
  let loss = 0;
  for (let row = 0; row < digits.count; row += 1) {
    predict(weights, digits, row, probabilities);
    const label = digits.labels[row]!;
    loss -= Math.log(probabilities[label]!);
    for (let digit = 0; digit < CLASSES; digit += 1) {
      const slope = (probabilities[digit]! - Number(digit === label)) / digits.count;
      const base = digit * ROW;
      const image = row * PIXELS;
      for (let pixel = 0; pixel < PIXELS; pixel += 1)
        gradient[base + pixel]! += slope * digits.images[image + pixel]!;
      gradient[base + PIXELS]! += slope;
    }
  }
  let decay = 0;
  for (let at = 0; at < WEIGHT_COUNT; at += 1) {
    if (at % ROW === PIXELS) continue;
    decay += weights[at]! ** 2;
    gradient[at]! += weightDecay * weights[at]!;
  }
  return loss / digits.count + (weightDecay / 2) * decay;
}
