import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { memoryServer, type Answer, type Json, type MemoryServer } from '#tests/memory-server.ts';

// Logged models as clients from 3.0 keep them: states, params in parts, tags, searches.

let server: MemoryServer;
let run: string;
let experiment: string;
let count = 0;
beforeAll(async () => {
  server = await memoryServer();
});
afterAll(() => server.app.close());
beforeEach(async () => {
  experiment = (await post('experiments/create', { name: `models ${(count += 1)}` })).json.experiment_id;
  run = (await post('runs/create', { experiment_id: experiment })).json.run.info.run_id;
});

const call = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer> =>
  server.call(method, `/api/2.0/mlflow/${path}`, body);
const post = (path: string, body: unknown): Promise<Answer> => call('POST', path, body);
const create = async (more: object = {}): Promise<Json> =>
  (await post('logged-models', { experiment_id: experiment, source_run_id: run, ...more })).json.model;
const stored = async (id: string): Promise<Json> => (await call('GET', `logged-models/${id}`)).json.model;
const search = async (more: object): Promise<string[]> =>
  ((await post('logged-models/search', { experiment_ids: [experiment], ...more })).json.models ?? []).map(
    ({ info }: Json) => info.name,
  );
const refusal = (status: number, error_code: string) => ({ status, json: { error_code } });
const INVALID = refusal(400, 'INVALID_PARAMETER_VALUE');
const MISSING = refusal(404, 'RESOURCE_DOES_NOT_EXIST');

test('a new model is pending, has files of its own and a name', async () => {
  const { info, data } = await create({
    model_type: 'sklearn',
    params: [{ key: 'p', value: '1' }],
    tags: [{ key: 't', value: 'v' }],
  });
  expect(info.model_id).toMatch(/^m-[0-9a-f]{32}$/);
  expect(info).toMatchObject({
    experiment_id: experiment,
    source_run_id: run,
    model_type: 'sklearn',
    status: 'LOGGED_MODEL_PENDING',
    artifact_uri: `mlflow-artifacts:/${experiment}/models/${info.model_id}/artifacts`,
    tags: [{ key: 't', value: 'v' }],
  });
  expect(info.name).toMatch(/\w/);
  expect(Number.isSafeInteger(info.creation_timestamp_ms)).toBe(true);
  expect(data.params).toEqual([{ key: 'p', value: '1' }]);
});

test.each(['a/b', 'a:b', 'a.b', 'a%b', 'a"b', "a'b"])('%j is no name of a model', async (name) => {
  const answer = await post('logged-models', { experiment_id: experiment, name });
  expect(answer).toMatchObject(INVALID);
});

test.each([
  ['LOGGED_MODEL_READY', 'LOGGED_MODEL_READY'],
  [2, 'LOGGED_MODEL_READY'],
  ['LOGGED_MODEL_UPLOAD_FAILED', 'LOGGED_MODEL_UPLOAD_FAILED'],
  [3, 'LOGGED_MODEL_UPLOAD_FAILED'],
])('finalising with %j makes it %s', async (status, expected) => {
  const { model_id: id } = (await create()).info;
  const answer = await call('PATCH', `logged-models/${id}`, { model_id: id, status });
  expect(answer.json.model.info.status).toBe(expected);
  expect((await stored(id)).info.status).toBe(expected);
});

test('params come in parts of a hundred', async () => {
  const params = Array.from({ length: 250 }, (_, at) => ({ key: `p${at}`, value: String(at) }));
  const { model_id: id } = (await create({ params: params.slice(0, 100) })).info;
  for (const at of [100, 200]) {
    const part = { model_id: id, params: params.slice(at, at + 100) };
    expect((await post(`logged-models/${id}/params`, part)).json).toEqual({});
  }
  expect((await stored(id)).data.params.length).toBe(250);
});

test('tags are set, set again and deleted; a tag that is not there is 404', async () => {
  const { model_id: id } = (await create()).info;
  for (const value of ['1', '2']) {
    await call('PATCH', `logged-models/${id}/tags`, { model_id: id, tags: [{ key: 'a b', value }] });
  }
  expect((await stored(id)).info.tags).toEqual([{ key: 'a b', value: '2' }]);
  expect((await call('DELETE', `logged-models/${id}/tags/a%20b`)).json).toEqual({});
  expect(await call('DELETE', `logged-models/${id}/tags/a%20b`)).toMatchObject(MISSING);
});

test('a deleted model is not read and not found, nor deleted again', async () => {
  const { model_id: id } = (await create({ name: 'gone' })).info;
  expect(await search({})).toEqual(['gone']);
  expect((await call('DELETE', `logged-models/${id}`)).status).toBe(200);
  expect(await call('GET', `logged-models/${id}`)).toMatchObject(MISSING);
  expect(await search({})).toEqual([]);
  expect((await call('DELETE', `logged-models/${id}`)).status).toBe(404);
});

test('a model of an experiment or a run that is not there is 404', async () => {
  expect(await post('logged-models', { experiment_id: '4711' })).toMatchObject(MISSING);
  const ask = { experiment_id: experiment, source_run_id: '0'.repeat(32) };
  expect(await post('logged-models', ask)).toMatchObject(MISSING);
});

test('a search is by name, tag, param and metric, ordered by attribute or metric', async () => {
  const measure = (model_id: string, value: number, more: object = {}) =>
    post('runs/log-metric', { run_id: run, key: 'acc', value, timestamp: 1, step: value, model_id, ...more });
  const one = (await create({ name: 'one', params: [{ key: 'lr', value: '0.1' }] })).info.model_id;
  const two = (await create({ name: 'two', tags: [{ key: 'owner', value: 'ana' }] })).info.model_id;
  await measure(one, 1);
  await measure(two, 2, { dataset_name: 'test', dataset_digest: 'd1' });
  expect(await search({ filter: "name = 'one'" })).toEqual(['one']);
  expect(await search({ filter: "params.lr = '0.1'" })).toEqual(['one']);
  expect(await search({ filter: "tags.owner = 'ana'" })).toEqual(['two']);
  expect(await search({ filter: 'metrics.acc > 1.5' })).toEqual(['two']);
  expect(await search({ order_by: [{ field_name: 'metrics.acc', ascending: true }] })).toEqual([
    'one',
    'two',
  ]);
  expect(await search({ order_by: [{ field_name: 'metrics.acc', ascending: false }] })).toEqual([
    'two',
    'one',
  ]);
  expect(await search({ order_by: [{ field_name: 'creation_timestamp' }] })).toHaveLength(2);
  expect(
    await search({ filter: 'metrics.acc > 0', datasets: [{ dataset_name: 'test', dataset_digest: 'd1' }] }),
  ).toEqual(['two']);
  expect(await post('logged-models/search', { experiment_ids: [experiment], filter: 'x >' })).toMatchObject(
    INVALID,
  );
});

test('an order by a metric may be of one dataset', async () => {
  const measure = (model_id: string, value: number, dataset_name: string) => {
    const point = { key: 'acc', value, timestamp: 1, step: 1 };
    const on = { model_id, dataset_name, dataset_digest: 'd1' };
    return post('runs/log-metric', { run_id: run, ...point, ...on });
  };
  for (const [name, seen, unseen] of [
    ['one', 0.9, 0.5],
    ['two', 0.8, 0.7],
  ] as const) {
    const { model_id: id } = (await create({ name })).info;
    await measure(id, seen, 'train');
    await measure(id, unseen, 'test');
  }
  await create({ name: 'unmeasured' });
  const best = (dataset_name: string, dataset_digest?: string) =>
    search({ order_by: [{ field_name: 'metrics.acc', ascending: false, dataset_name, dataset_digest }] });
  expect(await best('train', 'd1')).toEqual(['one', 'two', 'unmeasured']);
  expect(await best('test')).toEqual(['two', 'one', 'unmeasured']);
});

test('pages of models hold each once, and a token is of its query', async () => {
  for (const name of ['a', 'b', 'c']) await create({ name });
  const ask = { experiment_ids: [experiment], max_results: 2, order_by: [{ field_name: 'name' }] };
  const first = (await post('logged-models/search', ask)).json;
  const second = (await post('logged-models/search', { ...ask, page_token: first.next_page_token })).json;
  expect([...first.models, ...second.models].map(({ info }: Json) => info.name)).toEqual(['a', 'b', 'c']);
  expect(second).not.toHaveProperty('next_page_token');
  const token = first.next_page_token;
  expect(await post('logged-models/search', { ...ask, page_token: 'nonsense' })).toMatchObject(INVALID);
  const other = { ...ask, filter: "name != 'x'", page_token: token };
  expect(await post('logged-models/search', other)).toMatchObject(INVALID);
});

test('files of a model are listed from its root, and read as a browser asks for them', async () => {
  const { model_id: id } = (await create()).info;
  const url = `/api/2.0/mlflow-artifacts/artifacts/${experiment}/models/${id}/artifacts/data/MLmodel`;
  const headers = { host: 'localhost' };
  expect((await server.app.inject({ method: 'PUT', url, headers, payload: 'flavors: {}' })).statusCode).toBe(
    200,
  );
  const { json } = await call(
    'GET',
    `logged-models/${id}/artifacts/directories?artifact_directory_path=data`,
  );
  expect(json.files).toEqual([{ path: 'data/MLmodel', is_dir: false, file_size: 11 }]);
  const read = `/ajax-api/2.0/mlflow/logged-models/${id}/artifacts/files?artifact_file_path=data/MLmodel`;
  expect((await server.call('GET', read)).text).toBe('flavors: {}');
});
