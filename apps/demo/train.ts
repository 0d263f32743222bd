import type { Classifier, Weights } from './classifier.ts';
import { pick, type Split } from './digits.ts';
import { evaluate, type Evaluation } from './evaluate.ts';
import { seededRandom, shuffled } from './random.ts';

export interface Hyperparameters {
  readonly lr: number;
  readonly weightDecay: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly momentum: number;
  readonly seed: number;
}

/** What a training says while it runs. `epoch` is undefined between the ends of epochs. */
export interface TrainingStep {
  readonly step: number;
  readonly loss: number;
  readonly gradNorm: number;
  readonly lr: number;
  readonly epoch?: { readonly number: number; readonly evaluation: Evaluation };
  readonly weights: Weights;
}

export const DEFAULTS: Hyperparameters = {
  lr: 0.5,
  weightDecay: 1e-4,
  batchSize: 32,
  epochs: 30,
  momentum: 0.9,
  seed: 1,
};

/**
 * Mini-batch gradient descent with heavy-ball momentum; the learning rate falls along half a cosine to zero
 * (Loshchilov and Hutter 2017). The same numbers give the same weights everywhere. The caller sets the pace.
 */
export function* train(
  { train: data, held }: Split,
  settings: Hyperparameters,
  model: Classifier,
): Generator<TrainingStep> {
  const { lr: highest, weightDecay, batchSize, epochs, momentum, seed } = settings;
  const weights = model.initialWeights(seed);
  const random = seededRandom(seed + 1);
  const gradient = new Float64Array(model.weightCount);
  const velocity = new Float64Array(model.weightCount);
  const batches = Math.ceil(data.count / batchSize);
  for (let epoch = 1, step = 0; epoch <= epochs; epoch += 1) {
    const order = shuffled(data.count, random);
    for (let batch = 0; batch < batches; batch += 1, step += 1) {
      const lr = (highest / 2) * (1 + Math.cos((Math.PI * step) / (epochs * batches)));
      const rows = order.subarray(batch * batchSize, (batch + 1) * batchSize);
      const loss = model.lossAndGradient(weights, pick(data, rows), weightDecay, gradient);
      for (let at = 0; at < model.weightCount; at += 1) {
        velocity[at] = momentum * velocity[at]! - lr * gradient[at]!;
        weights[at]! += velocity[at]!;
      }
      const said = { step, loss, gradNorm: Math.hypot(...gradient), lr, weights };
      const isEnd = batch === batches - 1;
      yield isEnd ? { ...said, epoch: { number: epoch, evaluation: evaluate(model, weights, held) } } : said;
    }
  }
}
