import { setTimeout as pause } from 'node:timers/promises';
import { init } from '#sdks/typescript/init.ts';
import type { Run } from '#sdks/typescript/run.ts';
import type { Split } from './digits.ts';
import type { Evaluation } from './evaluate.ts';
import { classifierOf, type GridRun } from './grid.ts';
import type { Weights } from './classifier.ts';
import { descriptionOf } from './describe-data.ts';
import { modelFiles } from './model-files.ts';
import { train } from './train.ts';
import { weightPicture } from './weight-picture.ts';

export const PROJECT = 'demo digits';

export interface Outcome {
  readonly run: Run;
  readonly wanted: GridRun;
  /** Of the last epoch; 0 when it diverged. */
  readonly evaluation: Omit<Evaluation, 'confusion'>;
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
      model: classifierOf(wanted).name,
      data: { train: split.train.count, held: split.held.count },
    },
    tags: { dataset: 'UCI optical digits' },
    objective: { metric: 'val/acc', direction: 'max' },
  });
  run.dataset({ ...descriptionOf('digits train', split.train), context: 'training' });
  run.dataset({ ...descriptionOf('digits held out', split.held), context: 'evaluation' });
  let last: { evaluation: Evaluation; weights: Weights } | undefined;
  for (const { step, loss, gradNorm, lr, epoch, weights } of train(split, wanted, classifierOf(wanted))) {
    run.log({ 'train/loss': loss, 'train/grad_norm': gradNorm, lr }, { step });
    if (!epoch) continue;
    const { evaluation, number } = epoch;
    run.log({ 'val/loss': evaluation.loss, 'val/acc': evaluation.accuracy, epoch: number }, { step });
    last = { evaluation, weights };
    await pause(epochMs);
  }
  if (last) logFiles(run, wanted, last);
  // What diverged has failed, however long it went on.
  await run.finish(Number.isFinite(last?.evaluation.loss) ? 'finished' : 'failed');
  return { run, wanted, evaluation: last?.evaluation ?? { loss: Number.NaN, accuracy: 0 } };
}

function logFiles(
  run: Run,
  wanted: GridRun,
  { evaluation, weights }: { readonly evaluation: Evaluation; readonly weights: Weights },
): void {
  const { confusion, ...scores } = evaluation;
  void run.file('confusion.json', JSON.stringify({ rows: 'truth', columns: 'guess', confusion }));
  // Only where a weight belongs to a digit there is something to see.
  if (wanted.hidden === 0) void run.file('weights.png', weightPicture(weights));
  for (const [path, content] of Object.entries(modelFiles(wanted, weights)))
    void run.file(`model/${path}`, content);
  void run.file('model/report.txt', report(scores, confusion));
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
