import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { accountId, keyId, teamId } from '#core/domain/account.ts';
import {
  DEFAULT_PROJECT,
  DEFAULT_WORKSPACE,
  deploymentId,
  modelId,
  promotionId,
  registeredModelId,
  runId,
} from '#core/domain/ids.ts';
import { bucketise, bucketWidth } from '#core/signal/m4.ts';
import { debiasedEma } from '#core/signal/smoothing.ts';
import { quickSecrets } from '#storage/conformance/quick-secrets.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { LOCAL_OWNER } from './access/principal.ts';
import { resolveTree } from './files/resolve-tree.ts';
import { createModel } from './models/create-model.ts';
import type { Ports } from './ports/ports.ts';
import { declareObjective } from './projects/change-project.ts';
import { createProject } from './projects/create-project.ts';
import { logBatch } from './runs/log-batch.ts';
import { startRun } from './runs/start-run.ts';
import { updateRun } from './runs/update-run.ts';
import { chartSeries } from './series/chart-series.ts';

let ports: Ports;
let made = 0;
beforeEach(() => {
  const digits = (): string => (made += 1).toString(16).padStart(32, '0');
  ports = {
    ...memoryStore(),
    secrets: quickSecrets(),
    clock: { now: () => 5_000 },
    ids: {
      runId: () => runId(digits()),
      modelId: () => modelId(`m-${digits()}`),
      accountId: () => accountId(`u-${digits().slice(16)}`),
      teamId: () => teamId(`t-${digits().slice(16)}`),
      keyId: () => keyId(`k-${digits().slice(16)}`),
      registeredModelId: () => registeredModelId(`rm-${digits()}`),
      promotionId: () => promotionId(`pr-${digits()}`),
      deploymentId: () => deploymentId(`d-${digits()}`),
      name: () => 'calm-otter-1',
    },
  };
});

const start = (more: Partial<Parameters<typeof startRun>[2]> = {}) =>
  startRun(ports, LOCAL_OWNER, { project: DEFAULT_PROJECT, wire: 'native', ...more });

async function log(
  run: Awaited<ReturnType<typeof start>>,
  points: ReadonlyArray<readonly [number, number, number]>,
) {
  const column = (at: 0 | 1 | 2) => Float64Array.from(points, (point) => point[at]);
  const owner = { kind: 'run', run: run.id } as const;
  const metricAt = new Uint32Array(points.length);
  const logged = {
    owner,
    metrics: ['loss'],
    metricAt,
    steps: column(0),
    times: column(1),
    values: column(2),
  };
  await logBatch(ports, LOCAL_OWNER, { run: run.id, points: [logged] });
}

test('a run keeps the objective in force when it ended', async () => {
  const declare = (metric: string) =>
    declareObjective(ports, LOCAL_OWNER, {
      project: DEFAULT_PROJECT,
      objective: { metric, direction: 'max', aggregate: 'last' },
    });
  await declare('auc');
  const run = await start();
  expect(run.objective).toBeUndefined();
  const ended = await updateRun(ports, LOCAL_OWNER, { run: run.id, status: 'finished' });
  expect(ended).toMatchObject({ endedAt: 5_000, objective: { metric: 'auc', origin: 'declared' } });
  await declare('f1');
  expect(await ports.catalog.run(run.id)).toMatchObject({ objective: { metric: 'auc' } });
  await updateRun(ports, LOCAL_OWNER, { run: run.id, status: 'running' });
  const again = await updateRun(ports, LOCAL_OWNER, { run: run.id, status: 'failed' });
  expect(again.objective).toMatchObject({ metric: 'f1' });
});

test('without a declared objective the inferred one is kept and says so', async () => {
  const run = await start();
  await log(run, [[1, 1, 0.5]]);
  const ended = await updateRun(ports, LOCAL_OWNER, { run: run.id, status: 'killed' });
  expect(ended.objective).toEqual({ metric: 'loss', direction: 'min', aggregate: 'min', origin: 'inferred' });
});

test('a run that runs again has no end', async () => {
  const run = await start();
  await updateRun(ports, LOCAL_OWNER, { run: run.id, status: 'finished' });
  const again = await updateRun(ports, LOCAL_OWNER, { run: run.id, status: 'running' });
  expect(again.endedAt).toBeUndefined();
});

test('starting a run with one id again and again, also at once, makes one run', async () => {
  const id = runId('c'.repeat(32));
  const runs = await Promise.all([start({ id, name: 'first' }), start({ id, name: 'first' }), start({ id })]);
  expect(new Set(runs.map((run) => run.number)).size).toBe(1);
  expect(await start({ id, name: 'other' })).toMatchObject({ name: 'first' });
  const other = await createProject(ports, LOCAL_OWNER, { workspace: DEFAULT_WORKSPACE, name: 'other' });
  await expect(start({ id, project: other.id })).rejects.toMatchObject({ code: 'conflict' });
});

test('a server path leads to the tree with the longest artifact URI that is a prefix of it', async () => {
  const place = { workspace: DEFAULT_WORKSPACE, artifactLocation: 'mlflow-artifacts:/team/a' };
  const custom = await createProject(ports, LOCAL_OWNER, { ...place, name: 'custom' });
  const away = { workspace: DEFAULT_WORKSPACE, artifactLocation: 's3://bucket/a' };
  const remote = await createProject(ports, LOCAL_OWNER, { ...away, name: 'remote' });
  const run = await start();
  const there = await start({ project: custom.id });
  const far = await start({ project: remote.id });
  const model = await createModel(ports, LOCAL_OWNER, { project: DEFAULT_PROJECT });
  const ofRun = { kind: 'run', run: run.id };
  const table: [string, object, string][] = [
    [`0/${run.id}/artifacts/model/MLmodel`, ofRun, 'model/MLmodel'],
    [`0/${run.id}/artifacts`, ofRun, ''],
    [`0/${run.id}/artifacts/`, ofRun, ''],
    [`0/${run.id}/artifacts/artifacts/x`, ofRun, 'artifacts/x'],
    [`0/${run.id}/artifacts/0/${run.id}/artifacts/x`, ofRun, `0/${run.id}/artifacts/x`],
    [`team/a/${there.id}/artifacts/x`, { kind: 'run', run: there.id }, 'x'],
    [`0/models/${model.id}/artifacts/a/b`, { kind: 'model', model: model.id }, 'a/b'],
  ];
  for (const [path, owner, below] of table) {
    expect(await resolveTree(ports, path)).toMatchObject({ owner, path: below });
  }
  const looseOnes = [
    `1/${run.id}/artifacts/x`,
    `0/${run.id}/x`,
    `0/${there.id}/artifacts/x`,
    `a/${far.id}/artifacts/x`,
    `0/${'f'.repeat(32)}/artifacts/x`,
    'artifacts/x',
    'loose/x',
  ];
  for (const path of looseOnes)
    expect(await resolveTree(ports, path)).toEqual({ owner: { kind: 'loose' }, path });
  await expect(resolveTree(ports, `0/${run.id}/artifacts/../x`)).rejects.toThrow('Invalid path');
});

const someValue = fc.oneof(fc.double({ noNaN: false }), fc.integer({ min: -9, max: 9 }));
const somePoint = fc.tuple(
  fc.integer({ min: -50, max: 50 }),
  fc.integer({ min: 0, max: 5_000_000 }),
  someValue,
);

test.each(['step', 'relative', 'time'] as const)(
  'smoothing over x = %s is the debiased EMA over all points, then cut to the range',
  async (x) => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(somePoint, {
          minLength: 1,
          maxLength: 60,
          selector: ([step, time]) => `${step} ${time}`,
        }),
        fc.double({ min: 0.05, max: 0.99, noNaN: true }),
        fc.option(fc.tuple(fc.integer({ min: -60, max: 60 }), fc.integer({ min: -60, max: 60 })), {
          nil: undefined,
        }),
        async (points, smoothing, ends) => {
          const run = await start();
          await log(run, points);
          const first = Math.min(...points.map(([, time]) => time));
          const xOf = ([step, time]: readonly [number, number, number]): number =>
            x === 'step' ? step : (x === 'time' ? time : time - first) / 1e6;
          const ordered = points
            .toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
            .toSorted((a, b) => xOf(a) - xOf(b));
          const smooth = debiasedEma(
            Float64Array.from(ordered, ([, , value]) => value),
            smoothing,
          );
          const range = ends && ([Math.min(...ends), Math.max(...ends)] as const);
          const [from, to] = range ?? [xOf(ordered[0]!), xOf(ordered.at(-1)!)];
          const inside = [...ordered.keys()].filter(
            (at) => xOf(ordered[at]!) >= from && xOf(ordered[at]!) <= to,
          );
          const expected = bucketise(
            Float64Array.from(inside, (at) => xOf(ordered[at]!)),
            Float64Array.from(inside, (at) => smooth[at]!),
            bucketWidth(from, to, 16),
          );
          const items = [{ run: run.id, metric: 'loss' }];
          const ask = { items, x, pixels: 16, smoothing, ...(range && { range }) };
          const [charted] = await chartSeries(ports, LOCAL_OWNER, ask);
          expect(charted?.smoothed).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  },
);

test('a range that runs backwards is refused', async () => {
  const ask = { items: [], x: 'step', pixels: 10, range: [2, 1] } as const;
  await expect(chartSeries(ports, LOCAL_OWNER, ask)).rejects.toMatchObject({ code: 'invalid' });
});
