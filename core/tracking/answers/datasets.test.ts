import { beforeEach, expect, test } from 'vitest';
import { teamPorts } from '#storage/conformance/team-world.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { LOCAL_OWNER } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { createProject } from '../projects/create-project.ts';
import { declareObjective } from '../projects/change-project.ts';
import { bestRuns } from './best.ts';
import { datasetUse } from './dataset-use.ts';
import { datasetVersions, listDatasetRows } from './datasets.ts';
import { findObjective } from './objective.ts';
import {
  BEGIN,
  churnWorld,
  MINUTE,
  personIn,
  trainRun,
  workspace,
  type ChurnWorld,
} from './testing/churn-world.ts';

let ports: Ports;
let world: ChurnWorld;
const clock = { now: BEGIN };
beforeEach(async () => {
  clock.now = BEGIN;
  ports = teamPorts(memoryStore(), clock);
  world = await churnWorld(ports, clock);
});

const versions = (dataset: string, who = LOCAL_OWNER) =>
  datasetVersions(ports, who, { workspace, dataset, limit: 10 });

test('datasets with their last version, size, runs and the models in production that were trained on them', async () => {
  expect(await listDatasetRows(ports, LOCAL_OWNER, { workspace })).toMatchObject([
    {
      name: 'sales',
      versions: 2,
      latest: { number: 2, digest: 'd31' },
      sourceType: 'local',
      rows: 1200,
      columns: 2,
      runs: 2,
      inProduction: [{ modelName: 'churn', version: 2 }],
    },
  ]);
});

test('the versions of a dataset, newest first, with what was said of them', async () => {
  const { total, versions: some } = await versions('sales');
  expect(total).toBe(2);
  expect(some.map(({ artifact, description }) => [artifact.number, description?.source])).toEqual([
    [2, 'sales.csv'],
    [1, 'sales.csv'],
  ]);
  await expect(versions('none')).rejects.toMatchObject({ code: 'not_found' });
});

test('which runs and versions used a dataset version', async () => {
  const use = await datasetUse(ports, LOCAL_OWNER, { workspace, dataset: 'sales', number: 2 });
  expect(use.runs).toMatchObject([{ chip: { projectName: 'churn', number: 2 }, role: 'training' }]);
  expect(use.versions.map(({ model, version }) => [model.name, version.number])).toEqual([['churn', 2]]);
  expect(use.isMore).toBe(false);
});

test('whoever reads one project knows the datasets and versions that its runs used, and no others', async () => {
  const { id: other } = await createProject(ports, LOCAL_OWNER, { workspace, name: 'other' });
  await trainRun(ports, { project: other, params: {}, auc: 0.5, sales: 'd30' });
  const reader = personIn(other);
  expect(await listDatasetRows(ports, reader, { workspace })).toMatchObject([
    { name: 'sales', versions: 1, latest: { number: 1 }, runs: 1, inProduction: [] },
  ]);
  expect((await versions('sales', reader)).versions.map(({ artifact }) => artifact.number)).toEqual([1]);
  const use = await datasetUse(ports, reader, { workspace, dataset: 'sales', number: 1 });
  expect([use.runs.map(({ chip }) => chip.projectName), use.versions]).toEqual([['other'], []]);
  await expect(datasetUse(ports, reader, { workspace, dataset: 'sales', number: 2 })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(versions('none', reader)).rejects.toMatchObject({ code: 'forbidden' });
});

test('whoever reads the last of many runs that used a dataset version sees that one', async () => {
  for (let at = 0; at < 201; at += 1) {
    await trainRun(ports, { project: world.project, params: {}, auc: 0.5, sales: 'd31' });
  }
  const { id: other } = await createProject(ports, LOCAL_OWNER, { workspace, name: 'other' });
  await trainRun(ports, { project: other, params: {}, auc: 0.5, sales: 'd31' });
  const ask = { workspace, dataset: 'sales', number: 2 };
  const theirs = await datasetUse(ports, personIn(other), ask);
  expect(theirs).toMatchObject({ runs: [{ chip: { projectName: 'other' } }], isMore: false });
  const all = await datasetUse(ports, LOCAL_OWNER, ask);
  expect([all.runs.length, all.isMore]).toEqual([200, true]);
});

test('which metric a project optimises, and what it was before', async () => {
  clock.now += MINUTE;
  const objective = { metric: 'val/loss', direction: 'min', aggregate: 'last' } as const;
  await declareObjective(ports, LOCAL_OWNER, { project: world.project, objective });
  const answer = await findObjective(ports, LOCAL_OWNER, { project: world.project });
  expect(answer.objective).toMatchObject({ metric: 'val/loss', origin: 'declared' });
  expect(answer.history.map(({ objective: then }) => then?.metric)).toEqual(['val/loss', 'val/auc']);
});

test('the best runs by the objective, and which params made the difference', async () => {
  for (let at = 0; at < 20; at += 1) {
    // The depth decides, the seed is another one in each run, the colour does nothing.
    const params = {
      max_depth: String(3 + (at % 4)),
      seed: `s${at}`,
      colour: at % 8 < 4 ? 'red' : 'blue',
      lr: '0.05',
    };
    await trainRun(ports, { project: world.project, params, auc: 0.6 + (at % 4) / 10 + at / 1e4 });
  }
  const answer = await bestRuns(ports, LOCAL_OWNER, { project: world.project, limit: 2 });
  expect([answer.runs, answer.best.map(({ chip, value }) => [chip.number, value])]).toEqual([
    22,
    [
      [1, 0.915],
      [2, 0.912],
    ],
  ]);
  const [first, ...others] = answer.importance;
  expect(first).toMatchObject({ key: 'max_depth', best: '5' });
  expect(first?.importance).toBeGreaterThan(0.7);
  expect(others.find(({ key }) => key === 'colour')?.importance).toBeLessThan(0.2);
  // All runs have the same: it made no difference.
  expect(answer.importance.map(({ key }) => key)).not.toContain('lr');
  await expect(
    bestRuns(ports, personIn('99' as never), { project: world.project, limit: 2 }),
  ).rejects.toMatchObject({ code: 'forbidden' });
});
