import { softmax, type Classifier, type Weights } from './classifier.ts';
import { CLASSES, PIXELS, type Digits } from './digits.ts';
import { normal, seededRandom } from './random.ts';

// A perceptron with one hidden layer: h = tanh(V·x + c), p = softmax(W·h + b), trained by back-propagation on the mean negative
// log-likelihood plus (λ/2)·(‖V‖² + ‖W‖²). Bishop, Pattern Recognition and Machine Learning, §5.1–5.3. Weights begin
// with variance 1/inputs (LeCun, Bottou, Orr and Müller 1998, §4.6).

const IN_ROW = PIXELS + 1;

/** @param hidden units of the hidden layer, from 1. */
export function perceptron(hidden: number): Classifier {
  const outRow = hidden + 1;
  const outBase = hidden * IN_ROW;
  const weightCount = outBase + CLASSES * outRow;
  const isBias = (at: number): boolean =>
    at < outBase ? at % IN_ROW === PIXELS : (at - outBase) % outRow === hidden;

  const forward = (
    weights: Weights,
    images: Float64Array,
    image: number,
    h: Float64Array,
    out: Float64Array,
  ): void => {
    for (let unit = 0; unit < hidden; unit += 1) {
      const base = unit * IN_ROW;
      let sum = weights[base + PIXELS]!;
      for (let pixel = 0; pixel < PIXELS; pixel += 1) sum += weights[base + pixel]! * images[image + pixel]!;
      h[unit] = Math.tanh(sum);
    }
    for (let digit = 0; digit < CLASSES; digit += 1) {
      const base = outBase + digit * outRow;
      let score = weights[base + hidden]!;
      for (let unit = 0; unit < hidden; unit += 1) score += weights[base + unit]! * h[unit]!;
      out[digit] = score;
    }
    softmax(out);
  };

  return {
    name: `perceptron ${hidden}`,
    weightCount,
    initialWeights: (seed) => {
      const random = seededRandom(seed);
      return Float64Array.from({ length: weightCount }, (_, at) =>
        isBias(at) ? 0 : normal(random) / Math.sqrt(at < outBase ? PIXELS : hidden),
      );
    },
    predict: (weights, { images }, row, out) =>
      forward(weights, images, row * PIXELS, new Float64Array(hidden), out),
    lossAndGradient: (weights, { count, images, labels }: Digits, weightDecay, gradient) => {
      gradient.fill(0);
      const h = new Float64Array(hidden);
      const p = new Float64Array(CLASSES);
      const back = new Float64Array(hidden);
      let loss = 0;
      for (let row = 0; row < count; row += 1) {
        const image = row * PIXELS;
        forward(weights, images, image, h, p);
        const label = labels[row]!;
        loss -= Math.log(p[label]!);
        back.fill(0);
        for (let digit = 0; digit < CLASSES; digit += 1) {
          const slope = (p[digit]! - Number(digit === label)) / count;
          const base = outBase + digit * outRow;
          for (let unit = 0; unit < hidden; unit += 1) {
            gradient[base + unit]! += slope * h[unit]!;
            back[unit]! += slope * weights[base + unit]!;
          }
          gradient[base + hidden]! += slope;
        }
        for (let unit = 0; unit < hidden; unit += 1) {
          const slope = back[unit]! * (1 - h[unit]! ** 2);
          const base = unit * IN_ROW;
          for (let pixel = 0; pixel < PIXELS; pixel += 1)
            gradient[base + pixel]! += slope * images[image + pixel]!;
          gradient[base + PIXELS]! += slope;
        }
      }
      let decay = 0;
      for (let at = 0; at < weightCount; at += 1) {
        if (isBias(at)) continue;
        decay += weights[at]! ** 2;
        gradient[at]! += weightDecay * weights[at]!;
      }
      return loss / count + (weightDecay / 2) * decay;
    },
  };
}
