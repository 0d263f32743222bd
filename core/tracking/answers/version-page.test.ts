import { beforeEach, expect, test } from 'vitest';
import { teamPorts } from '#storage/conformance/team-world.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { LOCAL_OWNER } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { createProject } from '../projects/create-project.ts';
import { declareGates } from '../promotions/declare-gates.ts';
import { promoteVersion } from '../promotions/promote-version.ts';
import { recordEvaluations } from '../evaluations/record-evaluations.ts';
import { registerVersion } from '../registry/register-version.ts';
import { listEvaluations } from './list-evaluations.ts';
import { listRegistryLog, verifyRegistryLog } from './registry-log.ts';
import {
  BEGIN,
  churnWorld,
  MINUTE,
  personIn,
  putText,
  trainRun,
  workspace,
  type ChurnWorld,
} from './testing/churn-world.ts';
import { versionPage } from './version-page.ts';

let ports: Ports;
let world: ChurnWorld;
const clock = { now: BEGIN };
beforeEach(async () => {
  clock.now = BEGIN;
  ports = teamPorts(memoryStore(), clock);
  world = await churnWorld(ports, clock);
});

const page = (version: string, who = LOCAL_OWNER) =>
  versionPage(ports, who, { workspace, model: 'churn', version });

async function registered(files: Readonly<Record<string, string>>, wire = 'mlflow'): Promise<string> {
  const run = await trainRun(ports, { project: world.project, params: {}, auc: 0.5, wire });
  for (const [path, text] of Object.entries(files)) await putText(ports, run, `model/${path}`, text);
  const source = `runs:/${run.id}/model`;
  const { version } = await registerVersion(ports, LOCAL_OWNER, {
    workspace,
    name: 'churn',
    source,
    run: run.id,
  });
  return String(version.number);
}

test('the version in production: where it came from, and what differs from the one before it', async () => {
  const { comparedWith, origin, production } = await page('@champion');
  expect(production).toEqual({
    because: 'alias champion',
    since: BEGIN + 2 * MINUTE,
    by: { kind: 'local', id: 'local' },
  });
  expect(comparedWith).toBe(1);
  expect(origin.run?.id).toBe(world.runs[1].id);
  expect(origin.params.map(({ key, value, previous }) => [key, value.text, previous])).toEqual([
    ['booster', 'dart', null],
    ['lr', '0.05', undefined],
    ['max_depth', '7', '5'],
  ]);
  expect(origin.datasets).toMatchObject([{ name: 'sales', number: 2, digest: 'd31', role: 'training' }]);
  expect(origin.metrics.map(([key, { last }]) => [key, last.value])).toEqual([['val/auc', 0.912]]);
});

test('any other version is compared with the one in production', async () => {
  const { comparedWith, origin, production } = await page('1');
  expect([comparedWith, production]).toEqual([2, undefined]);
  expect(origin.params.find(({ key }) => key === 'max_depth')?.previous).toBe('7');
});

test('signature, flavours and input example are read from the sealed MLmodel', async () => {
  const { fileList, isTreeChanged, mlmodel, mlmodelError } = await page('2');
  expect(mlmodel).toMatchObject({
    flavours: ['python_function', 'sklearn'],
    inputExample: 'input_example.json',
    signature: {
      inputs: [{ name: 'amount', type: 'double', isRequired: true }],
      outputs: [{ name: '0', type: 'tensor int64', shape: [-1] }],
    },
  });
  expect(fileList.map(({ path }) => path)).toEqual(['MLmodel', 'model.pkl', 'requirements.txt']);
  expect([isTreeChanged, mlmodelError]).toEqual([false, undefined]);
});

test('files that changed after registration are said to have, and the sealed ones stay', async () => {
  await putText(ports, world.runs[1], 'model/model.pkl', 'other weights');
  const changed = await page('2');
  expect([changed.isTreeChanged, changed.fileList.length]).toEqual([true, 3]);
  await putText(ports, world.runs[0], 'model/new.txt', 'one more');
  expect((await page('1')).isTreeChanged).toBe(true);
});

test('a broken MLmodel is said to be broken, and the rest of the page stands', async () => {
  const { fileList, mlmodel, mlmodelError } = await page(await registered({ MLmodel: 'flavors: [unclosed' }));
  expect(mlmodel).toBe(undefined);
  expect(mlmodelError).toContain('no YAML');
  expect(fileList).toHaveLength(1);
});

test('the package: each part by digest', async () => {
  const { parts } = await page('1');
  expect(parts.map(({ isCaptured, part }) => [part, isCaptured])).toEqual([
    ['code', true],
    ['data', true],
    ['environment', true],
    ['params', true],
    ['metrics', true],
    ['weights', true],
  ]);
  const [code, data, environment, params, , weights] = parts;
  expect(code?.digest).toBe('c0ffee0000000000000000000000000000000001');
  expect(data).toMatchObject({ summary: 'sales@v1 (training)', digest: 'd30' });
  expect(environment?.summary).toBe('requirements.txt, sealed with the model');
  expect(weights).toMatchObject({
    summary: '3 files, sealed when it was registered',
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  // Equal params have an equal digest, others another.
  expect(params?.digest).not.toBe((await page('2')).parts[3]?.digest);
});

test('what was not captured says how, in the words of the client that the run came from', async () => {
  const lacking = async (version: string) =>
    (await page(version)).parts.filter(({ isCaptured }) => !isCaptured);
  const ofMlflow = await lacking(await registered({}));
  expect(ofMlflow.map(({ part }) => part)).toEqual(['code', 'data', 'environment', 'params', 'weights']);
  expect(ofMlflow.map(({ summary }) => summary).join('\n')).toContain('mlflow.log_input(');
  const native = (await lacking(await registered({ 'model.onnx': 'x' }, 'native')))
    .map(({ summary }) => summary)
    .join('\n');
  expect(native).toContain('init()');
  expect(native).not.toContain('mlflow.log');
});

test('a version without a run says how to register one with it, and where its files are', async () => {
  const { version } = await registerVersion(ports, LOCAL_OWNER, {
    workspace,
    name: 'churn',
    source: 's3://b/m',
  });
  const { origin, parts } = await page(String(version.number));
  expect([origin.run, origin.isHidden]).toEqual([undefined, false]);
  expect(parts[0]?.summary).toContain('mlflow.register_model(');
  expect(parts[4]).toMatchObject({ part: 'metrics', isCaptured: false });
  expect(parts.at(-1)?.summary).toContain('s3://b/m');
  const evaluations = [{ metric: 'acc', value: 0.5 }];
  await recordEvaluations(ports, LOCAL_OWNER, { workspace, name: 'churn', version, evaluations });
  const measured = (await page(String(version.number))).parts[4];
  expect(measured).toEqual({ part: 'metrics', isCaptured: true, summary: '1 figure, none of training' });
});

test('how each gate stands, and the wishes for this version', async () => {
  const target = { kind: 'stage', name: 'production' } as const;
  const gates = [
    {
      target,
      checks: [{ kind: 'tags', tags: [{ key: 'reviewed' }] }],
      approval: { role: 'editor', count: 1 },
    },
  ] as const;
  await declareGates(ports, LOCAL_OWNER, { workspace, name: 'churn', gates });
  expect((await page('1')).gates).toMatchObject([
    {
      target,
      checks: [
        { kind: 'tags', isPassed: false },
        { kind: 'approval', isPassed: false },
      ],
    },
  ]);
  await declareGates(ports, LOCAL_OWNER, {
    workspace,
    name: 'churn',
    gates: [{ target, checks: [], approval: { role: 'editor', count: 1 } }],
  });
  await promoteVersion(ports, LOCAL_OWNER, { workspace, model: 'churn', version: '1', target, reason: 'go' });
  expect((await page('1')).promotions).toMatchObject([
    { promotion: { status: 'open', reason: 'go' }, mayApprove: true },
  ]);
  expect((await page('2')).promotions).toEqual([]);
});

test('measurements, newest first, runs that say they evaluate the version included', async () => {
  const run = await trainRun(ports, {
    project: world.project,
    params: {},
    auc: 0.77,
    tags: { 'cairn.evaluates': 'models:/churn/2', 'cairn.environment': 'canary' },
  });
  const list = (more: object, who = LOCAL_OWNER) =>
    listEvaluations(ports, who, { workspace, model: 'churn', version: '2', limit: 10, ...more });
  const all = await list({});
  expect(all.map(({ from, run: by, value }) => [value, from, by])).toEqual([
    [0.85, 'evaluation', undefined],
    [0.9, 'evaluation', undefined],
    [0.911, 'evaluation', undefined],
    [0.77, 'run', run.id],
  ]);
  expect(await list({ environment: 'canary' })).toEqual(all.slice(-1));
  expect(await list({ metric: 'other' })).toEqual([]);
  expect((await page('2')).evaluations.some((figure) => figure.value === 0.77)).toBe(true);
});

test('the log of a model and of one version, a page at a time, and its chain', async () => {
  const ask = { workspace, model: 'churn', limit: 2 };
  const first = await listRegistryLog(ports, LOCAL_OWNER, ask);
  expect(first.entries.map(({ action }) => action)).toEqual(['deployment.started', 'version.evaluated']);
  const second = await listRegistryLog(ports, LOCAL_OWNER, { ...ask, before: first.next ?? 0 });
  expect(second.entries[0]?.number).toBe((first.next ?? 0) - 1);
  const ofFirst = await listRegistryLog(ports, LOCAL_OWNER, { ...ask, version: 1, limit: 9 });
  expect(ofFirst.entries.map(({ version }) => version)).not.toContain(2);
  expect(await verifyRegistryLog(ports, LOCAL_OWNER, ask)).toMatchObject({ isIntact: true });
});

test('a run that one may not read hides the origin and the files, and says so', async () => {
  const { id: secret } = await createProject(ports, LOCAL_OWNER, { workspace, name: 'secret' });
  const run = await trainRun(ports, { project: secret, params: { hidden: '1' }, auc: 0.99, sales: 'd99' });
  await putText(ports, run, 'model/MLmodel', 'flavors: {x: {}}');
  await registerVersion(ports, LOCAL_OWNER, {
    workspace,
    name: 'churn',
    source: `runs:/${run.id}/model`,
    run: run.id,
  });
  const { fileList, mlmodel, origin, parts } = await page('3', personIn(world.project));
  expect(origin).toEqual({ isHidden: true, source: {}, params: [], metrics: [], datasets: [] });
  expect([fileList, mlmodel]).toEqual([[], undefined]);
  expect(parts[0]?.summary).toBe('It is with a run that you may not read.');
});
