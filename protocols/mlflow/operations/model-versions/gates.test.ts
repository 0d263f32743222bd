import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Gate } from '#core/domain/gate.ts';
import { DEFAULT_WORKSPACE } from '#core/domain/ids.ts';
import { LOCAL_OWNER } from '#core/tracking/access/principal.ts';
import { declareGates } from '#core/tracking/promotions/declare-gates.ts';
import { memoryServer, type Answer, type MemoryServer } from '#tests/memory-server.ts';

// Gates hold for clients that have never heard of them.

const APPROVED = [{ kind: 'tags', tags: [{ key: 'validated', value: 'yes' }] }] as const;
const TARGETS = [
  { kind: 'alias', name: 'champion' },
  { kind: 'stage', name: 'production' },
] as const;

let server: MemoryServer;
let name: string;
let count = 0;
beforeAll(async () => {
  server = await memoryServer();
});
afterAll(() => server.app.close());
beforeEach(async () => {
  name = `model ${(count += 1)}`;
  await post('registered-models/create', { name });
  for (const _ of ['1', '2']) await post('model-versions/create', { name, source: 's3://bucket/model' });
  await setAlias('1');
  await move('1');
});

const call = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer> =>
  server.call(method, `/api/2.0/mlflow/${path}`, body);
const post = (path: string, body: unknown): Promise<Answer> => call('POST', path, body);
const setAlias = (version: string) => post('registered-models/alias', { name, alias: 'champion', version });
const move = (version: string, archive = false) =>
  post('model-versions/transition-stage', {
    name,
    version,
    stage: 'Production',
    archive_existing_versions: archive,
  });
const model = async () =>
  (await call('GET', `registered-models/get?name=${encodeURIComponent(name)}`)).json.registered_model;
const gate = (more: Partial<Gate> = { checks: APPROVED }) =>
  declareGates(server.ports, LOCAL_OWNER, {
    workspace: DEFAULT_WORKSPACE,
    name,
    gates: TARGETS.map((target) => ({ target, checks: [], ...more })),
  });
const DENIED = { status: 403, json: { error_code: 'PERMISSION_DENIED' } };

test('a protected alias or stage is PERMISSION_DENIED, names why, and stays where it is', async () => {
  await gate();
  const before = await model();
  for (const answer of [await setAlias('2'), await move('2', true)]) {
    expect(answer).toMatchObject(DENIED);
    expect(answer.json.message).toMatch('validated');
  }
  expect(await model()).toEqual({ ...before, last_updated_timestamp: expect.any(Number) });
});

test('what the gate asks for is done, and the same request passes', async () => {
  await gate();
  expect(await setAlias('2')).toMatchObject(DENIED);
  await post('model-versions/set-tag', { name, version: '2', key: 'validated', value: 'yes' });
  expect(await setAlias('2')).toMatchObject({ status: 200, json: {} });
  const moved = await move('2', true);
  expect(moved.json.model_version).toMatchObject({ version: '2', current_stage: 'Production' });
  const { aliases, latest_versions: latest } = await model();
  expect(aliases).toEqual([{ alias: 'champion', version: '2' }]);
  expect(latest).toMatchObject([
    { version: '1', current_stage: 'Archived' },
    { version: '2', current_stage: 'Production' },
  ]);
});

test('an approval that is missing is asked for, and refuses meanwhile', async () => {
  await gate({ approval: { role: 'admin', count: 1 } });
  for (const answer of [await setAlias('2'), await move('2')]) {
    expect(answer).toMatchObject(DENIED);
    expect(answer.json.message).toMatch('waits for approval');
  }
  const { id } = await declareGates(server.ports, LOCAL_OWNER, {
    workspace: DEFAULT_WORKSPACE,
    name,
    gates: [],
  });
  expect(await server.ports.registry.promotions({ model: id })).toHaveLength(2);
  expect((await model()).aliases).toEqual([{ alias: 'champion', version: '1' }]);
});

test('what has no gate moves as ever', async () => {
  await gate();
  const other = await post('registered-models/alias', { name, alias: 'challenger', version: '2' });
  expect(other.status).toBe(200);
  const staged = await post('model-versions/transition-stage', { name, version: '2', stage: 'Staging' });
  expect(staged.status).toBe(200);
});
