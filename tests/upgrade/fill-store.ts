import type { Store } from '#core/tracking/ports/ports.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import type { ModelId, ProjectId, RunId } from '#core/domain/ids.ts';
import {
  AT,
  commitOf,
  createModel,
  createProject,
  createRun,
  logPoints,
  modelIdOf,
  runIdOf,
  setParams,
  setTags,
} from '#storage/conformance/sample-changes.ts';
import { seeded } from '#tests/crash/seeded.ts';
import { fillRegistry } from './fill-registry.ts';

export const FILLED_RUNS = [1, 2, 3].map(runIdOf);
export const FILLED_MODELS = [modelIdOf(1)];
export const FILLED_METRICS = ['loss', 'val/auc', '🎉', '__proto__'];
export const FILLED_DATASET = { name: 'digits', digest: 'd1' };

const [FULL, SHORT, GONE] = FILLED_RUNS as [RunId, RunId, RunId];
const MODEL = FILLED_MODELS[0] as ModelId;
const SEED = 20_260_101;
const SEALED_POINTS = 5000;

/**
 * One of everything that a store can hold: each noun, deleted ones, names that are hard to store, values that are no
 * numbers, sealed segments and an unsealed journal. The same at each call: seeds and times are fixed.
 */
export async function fillStore({ writer, blobs }: Store): Promise<void> {
  const random = seeded(SEED);
  const commit = async (...changes: readonly Change[]) => writer.commit(commitOf(changes, { at: AT }));
  const keep = async (text: string) => blobs.put(ReadableStream.from([new TextEncoder().encode(text)]));
  const weights = await keep('weights '.repeat(4000));
  const report = await keep('a report');
  const tagged = [{ key: 'cairn.objective', value: 'max val/auc' }];
  await writer.commit(commitOf([createProject('vision', undefined, tagged)], { once: 'first', at: AT }));
  await commit(createProject('gone', 'gone'));
  await commit(
    createRun(FULL, { project: '1' as ProjectId, name: 'ünï 🎉' }),
    createRun(SHORT, { project: '1' as ProjectId }),
    createRun(GONE, { project: 'gone' as ProjectId }),
    setParams(FULL, [
      ['lr', '1e-3'],
      ['__proto__', 'x'],
      ['layers', '[1, 2]'],
    ]),
    setTags(FULL, { 'mlflow.note.content': '# note', empty: '' }),
    setTags(SHORT, { 'mlflow.parentRunId': FULL }),
  );
  const dataset = { ...FILLED_DATASET, sourceType: 'local', source: '{"uri": "d"}', schema: '{}' };
  await commit(
    {
      kind: 'add-inputs',
      run: FULL,
      datasets: [{ dataset, tags: new Map([['context', 'train']]) }],
      models: [],
    },
    createModel(MODEL, { project: '1' as ProjectId, sourceRun: FULL, tags: [{ key: 'k', value: 'v' }] }),
    { kind: 'add-outputs', run: FULL, models: [{ model: MODEL, step: 3 }] },
    put({ kind: 'run', run: FULL }, 'reports/a/b.txt', report),
    put({ kind: 'run', run: GONE }, 'old.txt', report),
    put({ kind: 'model', model: MODEL }, 'weights.bin', weights),
    put({ kind: 'loose' }, 'data/loose.txt', report),
    { kind: 'finalise-model', model: MODEL, status: 'ready' },
  );
  for (let from = 0; from < SEALED_POINTS; from += 500) {
    const rows = Array.from({ length: 500 }, (_, i) => {
      const step = from + i;
      return ['loss', step, Math.round(1e4 / (1 + step / 100) + 100 * random()) / 1e4] as const;
    });
    await commit(logPoints({ kind: 'run', run: FULL }, rows));
  }
  await commit(
    logPoints({ kind: 'run', run: FULL }, [
      ['val/auc', -1, Number.NaN],
      ['val/auc', 0.5, Number.POSITIVE_INFINITY],
      ['val/auc', 1, -0],
      ['val/auc', 2, 5e-324],
      ['🎉', 1, 1, 1],
      ['__proto__', 2, 0.1 + 0.2],
    ]),
    logPoints({ kind: 'model', model: MODEL, run: FULL, dataset: FILLED_DATASET }, [['val/auc', 1, 0.75]]),
    logPoints({ kind: 'run', run: SHORT }, [['loss', 1, 1]]),
  );
  await commit(
    { kind: 'update-run', run: FULL, status: 'finished', endedAt: AT + 5000 },
    { kind: 'delete-run', run: SHORT },
    { kind: 'delete-project', project: 'gone' as ProjectId },
  );
  await fillRegistry({ writer }, { run: FULL, loggedModel: MODEL });
}

function put(
  owner: Extract<Change, { kind: 'put-file' }>['owner'],
  path: string,
  blob: Pick<Extract<Change, { kind: 'put-file' }>, 'digest' | 'sizeBytes'>,
): Change {
  return { kind: 'put-file', owner, path, digest: blob.digest, sizeBytes: blob.sizeBytes };
}
