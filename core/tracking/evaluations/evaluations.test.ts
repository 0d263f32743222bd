import { beforeEach, expect, test } from 'vitest';
import { EVALUATES_TAG } from '#core/domain/evaluation.ts';
import { DEFAULT_PROJECT, DEFAULT_WORKSPACE } from '#core/domain/ids.ts';
import { teamPorts } from '#storage/conformance/team-world.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { LOCAL_OWNER, type Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { createProject } from '../projects/create-project.ts';
import { createRegisteredModel } from '../registry/create-registered-model.ts';
import { registerUnderName } from '../registry/register-under-name.ts';
import { registerVersion } from '../registry/register-version.ts';
import { logBatch } from '../runs/log-batch.ts';
import { startRun } from '../runs/start-run.ts';
import { endDeployment, startDeployment } from './deployments.ts';
import { recordEvaluations } from './record-evaluations.ts';

const workspace = DEFAULT_WORKSPACE;
const churn = { workspace, name: 'churn' };
const NOW = 1_700_000_000_000;
const DAY_MS = 86_400_000;

let ports: Ports;
beforeEach(async () => {
  ports = teamPorts(memoryStore(), { now: NOW });
  await createRegisteredModel(ports, LOCAL_OWNER, churn);
  await registerVersion(ports, LOCAL_OWNER, { ...churn, source: 's3://bucket/model' });
});

const evaluates = (value: string) => [{ key: EVALUATES_TAG, value }];

test('a run evaluates a version only for whoever may write its model, whether the name is there or not', async () => {
  const project = await createProject(ports, LOCAL_OWNER, { workspace, name: 'elsewhere' });
  const outsider: Principal = {
    kind: 'user',
    id: 'eve',
    grants: [{ scope: 'project', project: project.id, role: 'editor' }],
  };
  const start = (who: Principal, value: string) =>
    startRun(ports, who, { project: project.id, wire: 'native', tags: evaluates(value) });
  for (const value of ['models:/churn/1', 'models:/nothing/1']) {
    await expect(start(outsider, value)).rejects.toMatchObject({ code: 'forbidden' });
  }
  const run = await startRun(ports, outsider, { project: project.id, wire: 'native' });
  await expect(
    logBatch(ports, outsider, { run: run.id, tags: evaluates('models:/churn/1') }),
  ).rejects.toMatchObject({ code: 'forbidden' });
  await start(LOCAL_OWNER, 'models:/churn/1');
  const node = { kind: 'version', model: (await model()).id, number: 1 } as const;
  expect(await ports.registry.edges({ nodes: [node], way: 'down', limit: 9 })).toHaveLength(1);
});

test('what is dated ahead is refused: it would be the newest whatever comes later', async () => {
  const evaluation = { metric: 'auc', value: 1 };
  const record = (at: number) =>
    recordEvaluations(ports, LOCAL_OWNER, {
      ...churn,
      version: { number: 1 },
      evaluations: [{ ...evaluation, at }],
    });
  await record(NOW + DAY_MS);
  await expect(record(NOW + DAY_MS + 1)).rejects.toMatchObject({ code: 'invalid', details: { field: 'at' } });
  await expect(
    startDeployment(ports, LOCAL_OWNER, {
      ...churn,
      version: { number: 1 },
      environment: 'production',
      startedAt: NOW + 2 * DAY_MS,
    }),
  ).rejects.toMatchObject({ code: 'invalid', details: { field: 'startedAt' } });
});

test('a deployment that is dated back overlaps none', async () => {
  const deploy = (startedAt: number) =>
    startDeployment(ports, LOCAL_OWNER, {
      ...churn,
      version: { number: 1 },
      environment: 'production',
      startedAt,
    });
  const first = await deploy(NOW - 2 * DAY_MS);
  const overlapping = {
    code: 'conflict',
    details: { field: 'startedAt' },
    message: expect.stringContaining(first.id),
  };
  await expect(deploy(NOW - 3 * DAY_MS)).rejects.toMatchObject(overlapping);
  await endDeployment(ports, LOCAL_OWNER, { deployment: first.id, endedAt: NOW - DAY_MS });
  await expect(deploy(NOW - 2 * DAY_MS + 1)).rejects.toMatchObject(overlapping);
  expect((await deploy(NOW - DAY_MS)).endedAt).toBeUndefined();
  expect(await ports.registry.deployments(first.version.model)).toHaveLength(2);
});

test('a deployment ends at no time ahead, and not before a start that another clock dated ahead', async () => {
  const { id, startedAt } = await startDeployment(ports, LOCAL_OWNER, {
    ...churn,
    version: { number: 1 },
    environment: 'production',
    startedAt: NOW + 1000,
  });
  for (const endedAt of [NOW + 2 * DAY_MS, -1, NOW + 0.5]) {
    await expect(endDeployment(ports, LOCAL_OWNER, { deployment: id, endedAt })).rejects.toMatchObject({
      code: 'invalid',
      details: { field: 'endedAt' },
    });
  }
  expect((await endDeployment(ports, LOCAL_OWNER, { deployment: id })).endedAt).toBe(startedAt);
});

test('a mistyped path registers nothing', async () => {
  const run = await startRun(ports, LOCAL_OWNER, { project: DEFAULT_PROJECT, wire: 'native' });
  await expect(
    registerUnderName(ports, LOCAL_OWNER, { workspace, model: 'churn', run: run.id, path: 'nope' }),
  ).rejects.toMatchObject({ code: 'invalid', details: { field: 'path' } });
  expect((await model()).versions).toBe(1);
});

async function model() {
  const found = await ports.registry.registeredModelNamed(workspace, 'churn');
  if (!found) throw new Error('The model is not there.');
  return found;
}
