import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_PROJECT, workspaceId } from '#core/domain/ids.ts';
import { LOCAL_OWNER } from '#core/tracking/access/principal.ts';
import { createAccount } from '#core/tracking/accounts/create-account.ts';
import { createKey } from '#core/tracking/keys/create-key.ts';
import { createProject } from '#core/tracking/projects/create-project.ts';
import { setRole } from '#core/tracking/roles/set-role.ts';
import { createWorkspace } from '#core/tracking/workspaces/create-workspace.ts';
import { memoryServer, type Answer, type Json, type MemoryServer } from '#tests/memory-server.ts';

// MLFLOW_TRACKING_URI with a path: what a proxy leaves in front, and the workspace.

let server: MemoryServer;
beforeAll(async () => {
  server = await memoryServer({ flags: ['--base-path', '/ml'] });
  await server.call('POST', '/api/workspaces', { id: 'vision' });
});
afterAll(() => server.app.close());

const at =
  (base: string) =>
  (path: string, body: unknown): Promise<Answer> =>
    server.call('POST', `${base}/api/2.0/mlflow/${path}`, body);
const plain = at('');
const vision = at('/w/vision');
const MISSING = { status: 404, json: { error_code: 'RESOURCE_DOES_NOT_EXIST' } };
const names = ({ json }: Answer): string[] =>
  (json.experiments ?? []).map(({ name }: Json) => name).toSorted();

test.each(['/ml', '/w/default', '/ml/w/default'])('below %s everything is where it was', async (base) => {
  const { json } = await at(base)('runs/create', { experiment_id: '0' });
  const run = json.run.info.run_id;
  const file = `/mlflow-artifacts/artifacts/0/${run}/artifacts/a.txt`;
  for (const api of ['api', 'ajax-api']) {
    const read = await server.call('GET', `${base}/${api}/2.0/mlflow/runs/get?run_id=${run}`);
    expect(read.json.run.info.run_id).toBe(run);
  }
  const headers = { host: 'localhost' };
  const put = { method: 'PUT', url: `${base}/api/2.0${file}`, headers, payload: 'here' } as const;
  expect((await server.app.inject(put)).statusCode).toBe(200);
  expect((await server.call('GET', `/api/2.0${file}`)).text).toBe('here');
  expect((await server.call('GET', `${base}/version`)).status).toBe(200);
  expect((await server.call('GET', `${base}/api/3.0/mlflow/server-info`)).status).toBe(200);
  expect(await server.call('GET', `${base}/api/2.0/mlflow/no/such`)).toMatchObject({
    status: 404,
    json: { error_code: 'ENDPOINT_NOT_FOUND' },
  });
});

test('a file in parts goes to URLs below the base path that the client used', async () => {
  const id = (await vision('experiments/create', { name: 'parts' })).json.experiment_id;
  const run = (await vision('runs/create', { experiment_id: id })).json.run.info.run_id;
  const url = `/ml/w/vision/api/2.0/mlflow-artifacts/mpu/create/${id}/${run}/artifacts`;
  const { json } = await server.call('POST', url, { path: 'a.bin', num_parts: 1 });
  const root = 'http://localhost/ml/w/vision/api/2.0/mlflow-artifacts/mpu/parts';
  expect(json.credentials[0].url).toBe(`${root}/${json.upload_id}/1`);
});

test('each workspace has its own names', async () => {
  const mine = (await vision('experiments/create', { name: 'same' })).json.experiment_id;
  const other = (await plain('experiments/create', { name: 'same' })).json.experiment_id;
  expect(mine).not.toBe(other);
  for (const [base, id] of [
    ['', other],
    ['/w/vision', mine],
  ] as const) {
    const url = `${base}/api/2.0/mlflow/experiments/get-by-name?experiment_name=same`;
    expect((await server.call('GET', url)).json.experiment.experiment_id).toBe(id);
  }
  expect(names(await vision('experiments/search', {}))).toEqual(['parts', 'same']);
  expect(names(await plain('experiments/search', {}))).toEqual(['Default', 'same']);
  const taken = await vision('experiments/create', { name: 'same' });
  expect(taken.json).toMatchObject({ error_code: 'RESOURCE_ALREADY_EXISTS' });
});

test('runs of a workspace are logged and found there', async () => {
  const id = (await vision('experiments/create', { name: 'runs' })).json.experiment_id;
  const run = (await vision('runs/create', { experiment_id: id })).json.run.info.run_id;
  await vision('runs/log-metric', { run_id: run, key: 'm', value: 1, timestamp: 1 });
  const found = await vision('runs/search', { experiment_ids: [id], filter: 'metrics.m = 1' });
  expect(found.json.runs[0].info.run_id).toBe(run);
});

test('experiments of another workspace are not there, Default neither, and a client is told what to do', async () => {
  const other = (await plain('experiments/create', { name: 'elsewhere' })).json.experiment_id;
  for (const [path, body] of [
    ['runs/create', { experiment_id: other }],
    ['runs/search', { experiment_ids: [other] }],
    ['experiments/delete', { experiment_id: other }],
    ['experiments/set-experiment-tag', { experiment_id: other, key: 'k', value: 'v' }],
    ['logged-models', { experiment_id: other }],
    ['logged-models/search', { experiment_ids: [other] }],
  ] as const) {
    expect([path, await vision(path, body)]).toMatchObject([path, MISSING]);
  }
  for (const body of [{}, { experiment_id: '0' }, { experiment_id: 0 }]) {
    const answer = await vision('runs/create', body);
    expect(answer).toMatchObject(MISSING);
    expect(answer.json.message).toMatch('set an experiment by name first');
  }
});

test('whoever sees one project of a workspace does not learn which others are there or elsewhere', async () => {
  const team = await memoryServer({ flags: ['--auth', 'team'] });
  const { ports } = team;
  const workspace = workspaceId('vision');
  await createWorkspace(ports, LOCAL_OWNER, { workspace });
  const projectOf = async (name: string) => (await createProject(ports, LOCAL_OWNER, { workspace, name })).id;
  const [mine, hidden] = [await projectOf('mine'), await projectOf('hidden')];
  const { account } = await createAccount(ports, LOCAL_OWNER, { kind: 'user', name: 'ana' });
  const place = { scope: 'project', project: mine } as const;
  await setRole(ports, LOCAL_OWNER, { holder: { kind: 'account', id: account.id }, place, role: 'viewer' });
  const ana = { kind: 'user', id: account.id, grants: [] } as const;
  const { secret } = await createKey(ports, ana, { name: 'k', role: 'admin' });
  const said = async (path: string, body: object) => {
    const { statusCode, body: text } = await team.app.inject({
      method: 'POST',
      url: `/w/vision/api/2.0/mlflow/${path}`,
      headers: { host: 'localhost', authorization: `Bearer ${secret}` },
      payload: body,
    });
    return [statusCode, text];
  };
  for (const id of ['98765', DEFAULT_PROJECT]) {
    expect(await said('runs/create', { experiment_id: id })).toEqual(
      await said('runs/create', { experiment_id: hidden }),
    );
    expect(await said('runs/search', { experiment_ids: [id] })).toEqual(
      await said('runs/search', { experiment_ids: [hidden] }),
    );
  }
  expect((await said('runs/search', { experiment_ids: [mine] }))[0]).toBe(200);
  await team.app.close();
});

test('an interface without workspaces does not pretend to serve one', async () => {
  expect((await server.call('GET', '/w/vision/api/projects')).status).toBe(404);
  expect((await server.call('GET', '/ml/api/projects')).status).toBe(200);
});

test('what cannot be a workspace is no base path', async () => {
  expect((await at('/w/Not a name')('runs/create', {})).status).toBe(404);
  expect((await at('/w/-')('runs/create', {})).status).toBe(404);
  expect((await at('/v/vision')('runs/create', {})).status).toBe(404);
});

test('a workspace that is not there is said to be none, to whoever would see it', async () => {
  const missing = { status: 404, json: { message: "No workspace 'visoin' exists." } };
  expect(await at('/w/visoin')('experiments/search', {})).toMatchObject(missing);
  expect(await at('/w/visoin')('experiments/create', { name: 'x' })).toMatchObject(missing);
  expect((await server.call('GET', '/w/visoin/version')).status).toBe(200);
});

test('loose files are of workspace default', async () => {
  const send = (method: 'PUT' | 'GET', base: string) =>
    server.app.inject({
      method,
      url: `${base}/api/2.0/mlflow-artifacts/artifacts/loose/a.txt`,
      headers: { host: 'localhost' },
      ...(method === 'PUT' && { payload: 'here' }),
    });
  expect((await send('PUT', '/w/default')).statusCode).toBe(200);
  expect((await send('GET', '')).body).toBe('here');
  for (const method of ['PUT', 'GET'] as const) {
    expect((await send(method, '/w/vision')).json()).toMatchObject(MISSING.json);
  }
});
