import { beforeEach, expect, test } from 'vitest';
import { teamPorts } from '#storage/conformance/team-world.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { LOCAL_OWNER } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { createProject } from '../projects/create-project.ts';
import { createRegisteredModel } from '../registry/create-registered-model.ts';
import { startDeployment } from '../evaluations/deployments.ts';
import { promoteVersion } from '../promotions/promote-version.ts';
import { recordEvaluations } from '../evaluations/record-evaluations.ts';
import { registerVersion } from '../registry/register-version.ts';
import { removeAlias } from '../promotions/remove-alias.ts';
import { rollBack } from '../promotions/roll-back.ts';
import { tagRegisteredModel } from '../registry/tag-registered-model.ts';
import { listModels } from './model-list.ts';
import { modelPage } from './model-page.ts';
import { modelPerformance } from './performance.ts';
import { listProduction } from './production.ts';
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

const production = (who = LOCAL_OWNER) => listProduction(ports, who, { workspace, limit: 10 });
const page = (who = LOCAL_OWNER) => modelPage(ports, who, { workspace, model: 'churn', limit: 10 });

test('what is in production, what says so and since when, how it does in development and there, on which data', async () => {
  const { production: rows, total } = await production();
  expect(total).toBe(1);
  expect(rows[0]).toMatchObject({
    because: 'alias champion',
    since: BEGIN + 2 * MINUTE,
    by: { kind: 'local' },
    row: {
      version: { number: 2 },
      aliases: ['champion'],
      objective: { metric: 'val/auc', direction: 'max', origin: 'declared' },
      dev: { value: 0.911, from: 'evaluation', dataset: { name: 'holdout', digest: 'h1' } },
      prod: { value: 0.85, environment: 'eu-prod', samples: 500 },
      data: [{ name: 'sales', number: 2, digest: 'd31', role: 'training' }],
      chip: { projectName: 'churn', number: 2 },
      files: 3,
    },
    deployments: [{ environment: 'eu-prod' }],
    health: 'worse',
    detail: 'Worse by 6.7 %: 0.85 in production, 0.911 in development.',
  });
  expect(rows[0]?.trend).toEqual([
    [BEGIN + 3 * MINUTE, 0.9],
    [BEGIN + 4 * MINUTE, 0.85],
  ]);
});

test('a trend is of seven days and has at most 200 points, the first and the last among them', async () => {
  clock.now = BEGIN + 10 * 86_400_000;
  const evaluations = Array.from({ length: 999 }, (_, at) => ({
    metric: 'val/auc',
    value: 0.8 + at / 10_000,
    environment: 'production',
    at: clock.now - (1000 - at) * MINUTE,
  }));
  const isRoutine = true;
  await recordEvaluations(ports, LOCAL_OWNER, {
    workspace,
    name: 'churn',
    version: { number: 2 },
    evaluations,
    isRoutine,
  });
  const trend = (await production()).production[0]?.trend ?? [];
  expect(trend).toHaveLength(200);
  expect([trend[0]?.[1], trend.at(-1)?.[1]]).toEqual([0.8, 0.8998]);
});

test('without a name that says so it is what runs in an environment of production, and nothing when nothing runs', async () => {
  await removeAlias(ports, LOCAL_OWNER, { workspace, name: 'churn', alias: 'champion' });
  expect((await production()).production[0]).toMatchObject({
    because: 'deployment eu-prod',
    since: clock.now,
  });
  await createRegisteredModel(ports, LOCAL_OWNER, { workspace, name: 'idle' });
  await registerVersion(ports, LOCAL_OWNER, { workspace, name: 'idle', source: 's3://b/m' });
  await startDeployment(ports, LOCAL_OWNER, {
    workspace,
    name: 'idle',
    version: { number: 1 },
    environment: 'preprod',
  });
  expect((await production()).production.map(({ model }) => model.name)).toEqual(['churn']);
});

test('a model without figures, run or objective is in production with unknown health', async () => {
  await createRegisteredModel(ports, LOCAL_OWNER, { workspace, name: 'bought' });
  await registerVersion(ports, LOCAL_OWNER, { workspace, name: 'bought', source: 's3://b/m' });
  await startDeployment(ports, LOCAL_OWNER, {
    workspace,
    name: 'bought',
    version: { number: 1 },
    environment: 'prod',
  });
  const [bought] = (await production()).production;
  expect(bought).toMatchObject({
    health: 'unknown',
    detail: 'No objective says which metric counts.',
    trend: [],
  });
  expect(bought?.row.run).toBe(undefined);
});

test('the list of models: by name, a page at a time, part of a name in any case, prompts left out', async () => {
  for (const name of ['Alpha', 'beta', 'prompt']) {
    await createRegisteredModel(ports, LOCAL_OWNER, { workspace, name });
  }
  const tags = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }];
  await tagRegisteredModel(ports, LOCAL_OWNER, { workspace, name: 'prompt', tags });
  const list = (more: object) => listModels(ports, LOCAL_OWNER, { workspace, q: '', limit: 2, ...more });
  const first = await list({});
  expect([first.total, first.models.map(({ model }) => model.name)]).toEqual([3, ['Alpha', 'beta']]);
  const second = await list({ cursor: first.cursor });
  expect(second.models[0]).toMatchObject({
    model: { name: 'churn' },
    production: { because: 'alias champion', trend: [] },
    latest: { version: { number: 2 } },
    openPromotions: 0,
    may: { write: true, approve: true, admin: true },
  });
  expect((await list({ q: 'ALP' })).models.map(({ model }) => model.name)).toEqual(['Alpha']);
});

test('the page of a model: versions newest first, who held what when, a roll-back among it', async () => {
  clock.now += MINUTE;
  const target = { kind: 'alias', name: 'champion' } as const;
  await rollBack(ports, LOCAL_OWNER, { workspace, name: 'churn', target, reason: 'worse in production' });
  const model = await page();
  expect(model.versions.map(({ version }) => version.number)).toEqual([2, 1]);
  expect(model.aliases).toMatchObject([{ alias: 'champion', version: 1, since: clock.now, isGated: false }]);
  expect(model.lanes).toMatchObject([
    {
      kind: 'alias',
      holdings: [
        { version: 1, from: BEGIN + MINUTE, to: BEGIN + 2 * MINUTE, reason: 'because 1', isRollback: false },
        { version: 2, from: BEGIN + 2 * MINUTE, to: clock.now },
        { version: 1, from: clock.now, reason: 'worse in production', isRollback: true },
      ],
    },
    { kind: 'environment', name: 'eu-prod', holdings: [{ version: 2 }] },
  ]);
  expect(model.production).toMatchObject({ row: { version: { number: 1 } }, health: 'unknown' });
});

test('a version that another one archived on its way into a stage leaves its lane then', async () => {
  const target = { kind: 'stage', name: 'production' } as const;
  const promote = (version: string, archiveOthers: boolean) =>
    promoteVersion(ports, LOCAL_OWNER, { workspace, model: 'churn', version, target, archiveOthers });
  await promote('1', false);
  clock.now += MINUTE;
  await promote('2', true);
  const lane = (await page()).lanes.find(({ kind }) => kind === 'stage');
  expect(lane).toMatchObject({
    name: 'production',
    holdings: [
      { version: 1, from: clock.now - MINUTE, to: clock.now },
      { version: 2, from: clock.now },
    ],
  });
});

test('older versions come with the next page', async () => {
  const ask = { workspace, model: 'churn', limit: 1 };
  const first = await modelPage(ports, LOCAL_OWNER, ask);
  expect([first.versions.length, first.next]).toEqual([1, 2]);
  const second = await modelPage(ports, LOCAL_OWNER, { ...ask, before: 2 });
  expect([second.versions[0]?.version.number, second.next]).toEqual([1, undefined]);
});

test('how the versions of a model do', async () => {
  const { objective, versions } = await modelPerformance(ports, LOCAL_OWNER, {
    workspace,
    model: 'churn',
    limit: 5,
  });
  expect(objective?.metric).toBe('val/auc');
  // Nobody evaluated version 1: its training run says how it did.
  expect(versions.map(({ dev, prod }) => [dev?.value, dev?.from, prod?.value])).toEqual([
    [0.911, 'evaluation', 0.85],
    [0.915, 'training', undefined],
  ]);
});

test('whoever reads only another project learns nothing, not even how many', async () => {
  const { id: other } = await createProject(ports, LOCAL_OWNER, { workspace, name: 'other' });
  const stranger = personIn(other);
  expect(await production(stranger)).toEqual({ production: [], total: 0 });
  expect(await listModels(ports, stranger, { workspace, q: '', limit: 10 })).toEqual({
    models: [],
    total: 0,
  });
  await expect(page(stranger)).rejects.toMatchObject({ code: 'forbidden' });
});

test('a version that was trained in a project which one may not read is shown without run, data and figures of it', async () => {
  const { id: secret } = await createProject(ports, LOCAL_OWNER, { workspace, name: 'secret' });
  const run = await trainRun(ports, { project: secret, params: {}, auc: 0.99, sales: 'd99' });
  const source = `runs:/${run.id}/`;
  await registerVersion(ports, LOCAL_OWNER, { workspace, name: 'churn', source, run: run.id });
  const [row] = (await page(personIn(world.project))).versions;
  expect(row).toMatchObject({ version: { number: 3 }, data: [], figures: [] });
  expect([row?.chip, row?.run, row?.dev]).toEqual([undefined, undefined, undefined]);
  expect((await page()).versions[0]?.chip?.projectName).toBe('secret');
});
