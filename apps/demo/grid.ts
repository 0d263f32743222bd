import type { Classifier } from './classifier.ts';
import { perceptron } from './perceptron.ts';
import { softmaxRegression } from './softmax-regression.ts';
import { DEFAULTS, type Hyperparameters } from './train.ts';

export interface GridRun extends Hyperparameters {
  readonly name: string;
  /** Units of the hidden layer; 0 is softmax regression. */
  readonly hidden: number;
}

export function classifierOf({ hidden }: Pick<GridRun, 'hidden'>): Classifier {
  return hidden === 0 ? softmaxRegression : perceptron(hidden);
}

/** Learning rate × weight decay, larger batches, hidden layers, and one learning rate that is far too large, so that NaN is seen. */
export function hyperparameterGrid(): GridRun[] {
  const settings: Partial<Hyperparameters & Pick<GridRun, 'hidden'>>[] = [
    { lr: 0.5 },
    { lr: 0.1 },
    { lr: 0.02 },
    // Momentum 0.9 is stable up to lr · decay = 2 · 1.9. Here it is 10: the weights grow eightfold with each step, and
    // after some seven epochs the loss is NaN.
    { lr: 100, weightDecay: 0.1 },
    { lr: 0.5, weightDecay: 1e-2 },
    { lr: 0.1, weightDecay: 1e-2 },
    { lr: 0.1, batchSize: 128 },
    { lr: 0.02, batchSize: 128 },
    { lr: 0.5, weightDecay: 0 },
    { lr: 0.1, weightDecay: 0 },
    { lr: 0.1, momentum: 0 },
    { lr: 0.1, seed: 2 },
    { lr: 0.1, hidden: 16 },
    { lr: 0.1, hidden: 32 },
    { lr: 0.1, hidden: 32, weightDecay: 1e-3 },
  ];
  return settings.map((changed) => {
    const run = { ...DEFAULTS, hidden: 0, ...changed };
    return { ...run, name: nameOf(run) };
  });
}

function nameOf(run: Omit<GridRun, 'name'>): string {
  const extras = [
    run.hidden > 0 && `hidden ${run.hidden}`,
    run.batchSize !== DEFAULTS.batchSize && `batch ${run.batchSize}`,
    run.momentum !== DEFAULTS.momentum && `momentum ${run.momentum}`,
    run.seed !== DEFAULTS.seed && `seed ${run.seed}`,
  ].filter((text) => text !== false);
  return [`lr ${run.lr}`, `wd ${run.weightDecay}`, ...extras].join(' · ');
}
