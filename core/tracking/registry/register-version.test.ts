import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_WORKSPACE, workspaceId, type ProjectId } from '#core/domain/ids.ts';
import { randomIdentities } from '#apps/server/identities.ts';
import { quickSecrets } from '#storage/conformance/quick-secrets.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { LOCAL_OWNER } from '../access/principal.ts';
import { putFile } from '../files/put-file.ts';
import { createModel } from '../models/create-model.ts';
import type { Ports } from '../ports/ports.ts';
import { declareObjective } from '../projects/change-project.ts';
import { createProject } from '../projects/create-project.ts';
import { logBatch } from '../runs/log-batch.ts';
import { startRun } from '../runs/start-run.ts';
import { updateRun } from '../runs/update-run.ts';
import { createWorkspace } from '../workspaces/create-workspace.ts';
import { createRegisteredModel } from './create-registered-model.ts';
import { deleteVersion } from './delete-version.ts';
import { openVersionFile } from './open-version-file.ts';
import { registerVersion, type RegisterVersion } from './register-version.ts';
import { updateVersion } from './update-version.ts';

// What a version keeps of where it came from, from the moment at which it was registered.

const workspace = DEFAULT_WORKSPACE;
const name = 'churn';
let ports: Ports;
let project: ProjectId;
beforeEach(async () => {
  ports = {
    ...memoryStore(),
    clock: { now: () => 1000 },
    ids: randomIdentities,
    secrets: quickSecrets(),
  };
  project = (await createProject(ports, LOCAL_OWNER, { workspace, name: 'customers' })).id;
  await createRegisteredModel(ports, LOCAL_OWNER, { workspace, name });
});

const start = (of = project) => startRun(ports, LOCAL_OWNER, { project: of, wire: 'native' });
const register = (ask: RegisterVersion) => registerVersion(ports, LOCAL_OWNER, { workspace, name, ...ask });
const put = (owner: Parameters<typeof putFile>[2]['owner'], path: string, content: string) =>
  putFile(ports, LOCAL_OWNER, { owner, path, bytes: bytesOf(content) });

async function* bytesOf(content: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(content);
}

async function measured(metric: string) {
  const run = await start();
  await logBatch(ports, LOCAL_OWNER, {
    run: run.id,
    points: [
      {
        owner: { kind: 'run', run: run.id },
        metrics: [metric],
        metricAt: Uint32Array.of(0),
        steps: Float64Array.of(1),
        times: Float64Array.of(1e6),
        values: Float64Array.of(0.5),
      },
    ],
  });
  return run.id;
}

test('the first version brings a model home, later ones of other projects do not move it', async () => {
  const elsewhere = (await createProject(ports, LOCAL_OWNER, { workspace, name: 'other' })).id;
  const foreign = await register({ source: 's3://bucket/model' });
  expect([foreign.model.project, foreign.version.run]).toEqual([undefined, undefined]);
  expect((await register({ source: 's3://b/m', run: (await start()).id })).model.project).toBe(project);
  const later = await register({ source: 's3://b/m', run: (await start(elsewhere)).id });
  expect([later.model.project, later.version.number, later.model.versions]).toEqual([project, 3, 3]);
});

test('what is below the source is sealed, and stays as it was', async () => {
  const run = await start();
  const owner = { kind: 'run', run: run.id } as const;
  await put(owner, 'model/MLmodel', 'flavors: {}');
  await put(owner, 'model/data/weights.bin', 'old');
  await put(owner, 'notes.txt', 'not of the model');
  const { version } = await register({ source: `runs:/${run.id}/model` });
  const manifest = version.manifest && (await ports.catalog.manifest(version.manifest));
  expect(manifest?.type).toBe('model');
  expect(manifest?.entries.map(({ path }) => path)).toEqual(['MLmodel', 'data/weights.bin']);
  await put(owner, 'model/data/weights.bin', 'new');
  const { file } = await openVersionFile(ports, LOCAL_OWNER, {
    workspace,
    name,
    version: '1',
    path: 'data/weights.bin',
  });
  expect(file.sizeBytes).toBe(3);
  const again = await register({ source: `runs:/${run.id}/model` });
  expect(again.version.manifest).not.toBe(version.manifest);
  const copy = await register({ source: `models:/${name}/2` });
  expect(copy.version).toMatchObject({
    run: run.id,
    manifest: again.version.manifest,
    storageLocation: version.storageLocation,
  });
});

test('what has no files has no manifest', async () => {
  const run = await start();
  expect((await register({ source: `runs:/${run.id}/model` })).version).not.toHaveProperty('manifest');
  expect((await register({ source: 'any text', isWithoutFiles: true })).version).toMatchObject({
    source: 'any text',
  });
  await expect(register({ source: 'any text' })).rejects.toMatchObject({ code: 'invalid' });
});

test('the objective is the one that the run kept, else the declared one, else what metrics suggest', async () => {
  const inferred = await measured('val/acc');
  expect((await register({ source: 's3://b/m', run: inferred })).version.objective).toMatchObject({
    metric: 'val/acc',
    origin: 'inferred',
  });
  const declared = { metric: 'auc', direction: 'max', aggregate: 'max', origin: 'declared' } as const;
  await declareObjective(ports, LOCAL_OWNER, { project, objective: declared });
  const run = await measured('val/acc');
  expect((await register({ source: 's3://b/m', run })).version.objective).toEqual(declared);
  await updateRun(ports, LOCAL_OWNER, { run, status: 'finished' });
  const next = { ...declared, metric: 'f1' };
  await declareObjective(ports, LOCAL_OWNER, { project, objective: next });
  expect((await register({ source: 's3://b/m', run })).version.objective).toEqual(declared);
  expect((await register({ source: 's3://b/m', run: (await start()).id })).version.objective).toEqual(next);
  expect((await register({ source: 's3://b/m' })).version).not.toHaveProperty('objective');
});

test('a logged model brings its run along, unless another one is said', async () => {
  const [maker, other] = [await start(), await start()];
  const saved = await createModel(ports, LOCAL_OWNER, { project, sourceRun: maker.id, name: 'saved' });
  const source = `models:/${saved.id}`;
  expect((await register({ source })).version).toMatchObject({ run: maker.id, loggedModel: saved.id });
  expect((await register({ source, run: other.id })).version.run).toBe(other.id);
});

test('what another workspace has is not registered here', async () => {
  const vision = workspaceId('vision');
  await createWorkspace(ports, LOCAL_OWNER, { workspace: vision });
  const there = (await createProject(ports, LOCAL_OWNER, { workspace: vision, name: 'v' })).id;
  const run = await start(there);
  await expect(register({ source: 's3://b/m', run: run.id })).rejects.toMatchObject({ code: 'invalid' });
});

test('a version is described, deprecated and offered again, and its number is never given twice', async () => {
  await register({ source: 's3://b/m' });
  const update = (more: object) =>
    updateVersion(ports, LOCAL_OWNER, { workspace, name, version: '1', ...more });
  const reason = 'drifts';
  expect((await update({ description: 'old', deprecated: { reason } })).version).toMatchObject({
    description: 'old',
    deprecated: { at: 1000, reason },
  });
  const offered = (await update({ deprecated: null })).version;
  expect(offered).not.toHaveProperty('deprecated');
  expect(offered.description).toBe('old');
  await deleteVersion(ports, LOCAL_OWNER, { workspace, name, version: 'latest', reason });
  expect((await register({ source: 's3://b/m' })).version.number).toBe(2);
});

test.each(['-1', '+1', '1'.repeat(20)])('%s is no number of a version', async (version) => {
  const asked = deleteVersion(ports, LOCAL_OWNER, { workspace, name, version, reason: '' });
  await expect(asked).rejects.toMatchObject({ code: 'invalid', details: { field: 'version' } });
});
