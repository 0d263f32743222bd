import { setTimeout as pause } from 'node:timers/promises';
import { init } from '#sdks/typescript/init.ts';
import type { Run } from '#sdks/typescript/run.ts';
import type { Split } from './digits.ts';
import type { Evaluation } from './evaluate.ts';
import type { GridRun } from './grid.ts';
import type { Weights } from './softmax-regression.ts';
import { train } from './train.ts';
import { weightPicture } from './weight-picture.ts';

export const PROJECT = 'demo digits';

export interface Outcome {
  readonly run: Run;
  readonly accuracy: number;
}

/**
 * One run of the grid, from `init` to `finish`.
 * @param epochMs the shortest time of an epoch: the models are small, and people want to watch.
 */
export async function trainAndLog(
  server: string,
  split: Split,
  wanted: GridRun,
  epochMs: number,
): Promise<Outcome> {
  const { name, ...config } = wanted;
  const run = await init({
    project: PROJECT,
    name,
    server,
    config: {
      ...config,
      model: 'softmax regression',
      data: { train: split.train.count, held: split.held.count },
    },
    tags: { dataset: 'UCI optical digits' },
    objective: { metric: 'val/acc', direction: 'max' },
  });
  let last: { evaluation: Evaluation; weights: Weights } | undefined;
  for (const { step, loss, gradNorm, lr, epoch, weights } of train(split, wanted)) {
    run.log({ 'train/loss': loss, 'train/grad_norm': gradNorm, lr }, { step });
    if (!epoch) continue;
    const { evaluation, number } = epoch;
    run.log({ 'val/loss': evaluation.loss, 'val/acc': evaluation.accuracy, epoch: number }, { step });
    last = { evaluation, weights };
    await pause(epochMs);
  }
  if (last) logFiles(run, last.evaluation, last.weights);
  // What diverged has failed, however long it went on.
  await run.finish(Number.isFinite(last?.evaluation.loss) ? 'finished' : 'failed');
  return { run, accuracy: last?.evaluation.accuracy ?? 0 };
}

function logFiles(run: Run, { confusion, ...scores }: Evaluation, weights: Weights): void {
  void run.file('confusion.json', JSON.stringify({ rows: 'truth', columns: 'guess', confusion }));
  void run.file('report.txt', report(scores, confusion));
  void run.file('weights.png', weightPicture(weights));
  // 10 × 65 doubles, little-endian: per digit 64 weights and the bias.
  void run.file('model/weights.f64', new Uint8Array(weights.buffer as ArrayBuffer));
}

function report({ loss, accuracy }: Omit<Evaluation, 'confusion'>, confusion: number[][]): string {
  const row = (label: string, cells: readonly (number | string)[]): string =>
    [label.padStart(5), ...cells.map((cell) => String(cell).padStart(4))].join('');
  return [
    `Held-out accuracy ${(100 * accuracy).toFixed(1)} %, loss ${loss.toFixed(4)}.`,
    '',
    'Truth by rows, guess by columns:',
    row('', confusion.keys().toArray()),
    ...confusion.map((counts, digit) => row(String(digit), counts)),
    '',
  ].join('\n');
}
