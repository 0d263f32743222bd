import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { memoryServer, type Answer, type Json, type MemoryServer } from '#tests/memory-server.ts';

// What MLflow's wire does where the real clients of tests/clients do not reach: other clients' encodings and mistakes.

let server: MemoryServer;
let run: string;
beforeAll(async () => {
  server = await memoryServer();
});
afterAll(() => server.app.close());
beforeEach(async () => {
  run = (await post('runs/create', { experiment_id: '0' })).json.run.info.run_id;
});

const post = (path: string, body?: unknown): Promise<Answer> =>
  server.call('POST', `/api/2.0/mlflow/${path}`, body);
const get = (path: string): Promise<Answer> => server.call('GET', `/api/2.0/mlflow/${path}`);
const stored = async (): Promise<Json> => (await get(`runs/get?run_id=${run}`)).json.run;
const metric = (more: object = {}): object => ({ key: 'm', value: 1, timestamp: 1, step: 0, ...more });

function expectInvalid(answer: Answer, message: string | RegExp): void {
  expect(answer).toMatchObject({ status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE' } });
  expect(answer.json.message).toMatch(message);
}

test('int64 fields may be numeric strings, and ids may be numbers', async () => {
  const created = await post('runs/create', { experiment_id: 0, start_time: '1700000000123' });
  expect(created.json.run.info).toMatchObject({ experiment_id: '0', start_time: 1_700_000_000_123 });
  await post('runs/log-metric', { run_id: run, key: 'm', value: 1, timestamp: '1700000000123', step: '-7' });
  expect((await stored()).data.metrics).toEqual([
    { key: 'm', value: 1, timestamp: 1_700_000_000_123, step: -7 },
  ]);
});

test('an int64 beyond 2^53 is refused rather than rounded', async () => {
  expect.hasAssertions();
  expectInvalid(
    await post('runs/log-metric', { run_id: run, ...metric({ step: '9007199254740993' }) }),
    'step',
  );
  expectInvalid(await post('runs/create', { start_time: '9007199254740993' }), 'start_time');
});

test('enums come by name or by number, and no other', async () => {
  expect((await post('runs/update', { run_id: run, status: 3 })).json.run_info.status).toBe('FINISHED');
  expect((await post('runs/update', { run_id: run, status: 'KILLED' })).json.run_info.status).toBe('KILLED');
  expectInvalid(await post('runs/update', { run_id: run, status: 'DONE' }), 'status');
  expectInvalid(await post('runs/update', { run_id: run, status: 9 }), 'status');
  await post('runs/delete', { run_id: run });
  const deleted = await post('runs/search', { experiment_ids: ['0'], run_view_type: 2 });
  expect(deleted.json.runs.map((found: Json) => found.info.run_id)).toContain(run);
});

test('a body may be JSON within a JSON string', async () => {
  const set = await post('runs/set-tag', JSON.stringify({ run_id: run, key: 'k', value: 'v' }));
  expect(set).toMatchObject({ status: 200, json: {} });
  expect((await stored()).data.tags).toContainEqual({ key: 'k', value: 'v' });
  expectInvalid(await post('runs/set-tag', 'hello'), 'JSON');
  expectInvalid(await post('runs/set-tag', '['.repeat(10_000)), 'nested');
});

test('null is a field that is not set, and unknown fields are ignored', async () => {
  const created = await post('runs/create', {
    experiment_id: null,
    run_name: null,
    start_time: null,
    tags: null,
    x: 1,
  });
  expect(created.status).toBe(200);
  expect(created.json.run.info.run_name).not.toBe('');
  const batch = {
    run_id: run,
    run_uuid: null,
    metrics: null,
    params: [{ key: 'p', value: null }],
    tags: null,
  };
  expect((await post('runs/log-batch', batch)).status).toBe(200);
  expect((await stored()).data.params).toEqual([{ key: 'p', value: '' }]);
});

test('a missing body is an empty message', async () => {
  expect((await post('runs/create')).json.run.info.experiment_id).toBe('0');
  expectInvalid(await post('runs/delete'), "Missing value for required parameter 'run_id'");
});

test('a repeated query key is a list, a single one as well', async () => {
  await post('experiments/create', { name: 'b' });
  const names = async (query: string): Promise<string[]> =>
    (await get(`experiments/search?max_results=9&${query}`)).json.experiments.map(
      (found: Json) => found.name,
    );
  expect(await names('order_by=name')).toEqual(['Default', 'b']);
  expect(await names('order_by=last_update_time%20ASC&order_by=name%20DESC')).toEqual(['Default', 'b']);
  expect(await names('order_by=name%20DESC')).toEqual(['b', 'Default']);
});

test('run_uuid is the old name of run_id', async () => {
  expect((await get(`runs/get?run_uuid=${run}`)).json.run.info).toMatchObject({ run_id: run, run_uuid: run });
  expect((await post('runs/log-parameter', { run_uuid: run, key: 'p', value: 'v' })).status).toBe(200);
  expect((await stored()).data.params).toEqual([{ key: 'p', value: 'v' }]);
});

test('a history without max_results is everything up to 25 000 points and no token', async () => {
  const steps = Array.from({ length: 25_010 }, (_, at) => at);
  await server.call('POST', `/api/runs/${run}/log`, {
    points: [{ metric: 'm', steps, timesMicros: steps, values: steps }],
  });
  const all = (await get(`metrics/get-history?run_id=${run}&metric_key=m`)).json;
  expect(all.metrics.length).toBe(25_000);
  expect(all.next_page_token).toBeUndefined();
  const first = (await get(`metrics/get-history?run_id=${run}&metric_key=m&max_results=25000`)).json;
  const token = encodeURIComponent(first.next_page_token);
  const rest = (
    await get(`metrics/get-history?run_id=${run}&metric_key=m&max_results=25000&page_token=${token}`)
  ).json;
  expect(rest.metrics.map((point: Json) => point.step)).toEqual(steps.slice(25_000));
  expect(rest.next_page_token).toBeUndefined();
  expectInvalid(await get(`metrics/get-history?run_id=${run}&metric_key=m&page_token=x!`), 'page token');
});

test('history is ordered by timestamp, step, value, and an exact repetition counts once', async () => {
  const metrics = [
    metric({ timestamp: 2 }),
    metric({ timestamp: 1, step: 5 }),
    metric({ timestamp: 1, step: -1 }),
    metric({ timestamp: 2 }),
  ];
  await post('runs/log-batch', { run_id: run, metrics });
  const { json } = await get(`metrics/get-history?run_id=${run}&metric_key=m`);
  expect(json.metrics.map((point: Json) => [point.timestamp, point.step])).toEqual([
    [1, -1],
    [1, 5],
    [2, 0],
  ]);
  expect((await get(`metrics/get-history?run_id=${run}&metric_key=none`)).json).toEqual({});
});

test('NaN is text both ways, an infinity comes back as the greatest double', async () => {
  const metrics = [
    metric({ key: 'nan', value: 'NaN' }),
    metric({ key: 'up', value: 'Infinity' }),
    metric({ key: 'down', value: '-Infinity' }),
    metric({ key: 'text', value: ' 0.5 ' }),
  ];
  expect((await post('runs/log-batch', { run_id: run, metrics })).status).toBe(200);
  const values = Object.fromEntries(
    (await stored()).data.metrics.map(({ key, value }: Json) => [key, value]),
  );
  expect(values).toEqual({ nan: 'NaN', up: Number.MAX_VALUE, down: -Number.MAX_VALUE, text: 0.5 });
});

test.each([
  [{ timestamp: undefined }, "Missing value for required parameter 'metrics.timestamp'"],
  [{ value: undefined }, "Missing value for required parameter 'metrics.value'"],
  [{ key: null }, "Missing value for required parameter 'metrics.key'"],
  [{ timestamp: -1 }, 'imestamp'],
  [{ timestamp: 1.0005 }, "Invalid value 1.0005 for parameter 'timestamp' supplied"],
  [{ step: 0.5 }, "Invalid value 0.5 for parameter 'step' supplied"],
  [{ value: 'inf' }, 'Invalid value "inf" for parameter \'value\' supplied'],
  [{ value: '1e400' }, 'Invalid value "1e400" for parameter \'value\' supplied'],
  [{ value: true }, "Invalid value true for parameter 'value' supplied"],
  [{ key: '../up' }, 'Invalid metric name'],
])('a metric of a batch with %j is refused in MLflow’s words', async (more, message) => {
  expectInvalid(await post('runs/log-batch', { run_id: run, metrics: [metric(), metric(more)] }), message);
  expect((await stored()).data.metrics).toBeUndefined();
});

test('a single metric names its missing field alone', async () => {
  expect.hasAssertions();
  expectInvalid(
    await post('runs/log-metric', { run_id: run, key: 'm', value: 1 }),
    "required parameter 'timestamp'",
  );
});

test('a batch has limits, each with its text', async () => {
  const many = (n: number) =>
    Array.from({ length: n }, (_, at) => ({ key: `k${at}`, value: '1', timestamp: 1 }));
  const send = (batch: object) => post('runs/log-batch', { run_id: run, ...batch });
  expectInvalid(await send({ metrics: many(1001) }), 'at most 1000 metrics. Got 1001 metrics');
  expectInvalid(await send({ params: many(101) }), 'at most 100 params. Got 101 params');
  expectInvalid(await send({ tags: many(101) }), 'at most 100 tags. Got 101 tags');
  expectInvalid(await send({ metrics: many(1000), tags: many(1) }), 'in total. Got 1001');
  expectInvalid(
    await send({ params: [...many(1), ...many(1)] }),
    'Duplicate parameter keys have been submitted',
  );
  expect((await send({ metrics: many(800), params: many(100), tags: many(100) })).status).toBe(200);
});

test('a param keeps its first value: the same again is fine, another is refused', async () => {
  const log = (value: string) => post('runs/log-parameter', { run_id: run, key: 'p', value });
  expect((await log('1')).status).toBe(200);
  expect((await log('1')).status).toBe(200);
  expectInvalid(await log('2'), 'Changing param values is not allowed');
});

test('a metric that names a model enters both series', async () => {
  const model = (await post('logged-models', { experiment_id: '0', source_run_id: run })).json.model.info
    .model_id;
  const measured = { model_id: model, dataset_name: 'd', dataset_digest: '1' };
  expect((await post('runs/log-batch', { run_id: run, metrics: [metric(measured)] })).status).toBe(200);
  expect((await stored()).data.metrics).toEqual([metric()]);
  const { data } = (await get(`logged-models/${model}`)).json.model;
  expect(data.metrics).toEqual([metric({ ...measured, run_id: run })]);
  const absent = `m-${'f'.repeat(32)}`;
  const refused = await post('runs/log-batch', {
    run_id: run,
    metrics: [metric({ step: 9 }), metric({ model_id: absent })],
  });
  expect(refused).toMatchObject({ status: 404, json: { error_code: 'RESOURCE_DOES_NOT_EXIST' } });
  expect((await stored()).data.metrics).toEqual([metric()]);
});

test('each log-model is one more entry of the history tag', async () => {
  const model = (path: string) => ({
    artifact_path: path,
    flavors: {},
    utc_time_created: 'now',
    run_id: run,
  });
  const log = (json: string) => post('runs/log-model', { run_id: run, model_json: json });
  await post('runs/set-tag', { run_id: run, key: 'mlflow.log-model.history', value: 'no list' });
  expect((await log(JSON.stringify(model('a')))).status).toBe(200);
  expect((await log(JSON.stringify(model('b')))).status).toBe(200);
  const { tags } = (await stored()).data;
  const history = tags.find((tag: Json) => tag.key === 'mlflow.log-model.history').value;
  expect(JSON.parse(history)).toEqual([model('a'), model('b')]);
  expectInvalid(await log('{'), 'Malformed model info');
  expectInvalid(await log('[]'), 'missing mandatory fields');
  expectInvalid(await log('{"artifact_path": "a"}'), 'flavors, utc_time_created, run_id');
  expectInvalid(await log('['.repeat(100_000)), 'nested');
});

test('a DELETE may have a body', async () => {
  const model = (await post('logged-models', { experiment_id: '0', tags: [{ key: 'k', value: 'v' }] })).json
    .model.info;
  const url = `/api/2.0/mlflow/logged-models/${model.model_id}`;
  expect(await server.call('DELETE', `${url}/tags/k`, { model_id: model.model_id })).toMatchObject({
    status: 200,
    json: {},
  });
  expect((await server.call('DELETE', `${url}/tags/k`, {})).status).toBe(404);
  expect((await server.call('DELETE', url, {})).status).toBe(200);
  expect((await server.call('GET', url)).status).toBe(404);
});

test.each([
  ['POST', '/api/2.0/mlflow/webhooks'],
  ['GET', '/api/2.0/mlflow/webhooks'],
  ['POST', '/api/2.0/mlflow/registered-models/permissions/create'],
  ['GET', '/api/2.0/mlflow/unity-catalog/prompts/search'],
  ['POST', '/api/3.0/mlflow/traces/search'],
  ['PATCH', '/api/2.0/mlflow/runs/create'],
  ['GET', '/ajax-api/3.0/mlflow/nothing'],
  ['POST', '/v1/traces'],
] as const)('%s %s is no endpoint yet and says so', async (method, url) => {
  const answer = await server.call(method, url, method === 'GET' ? undefined : {});
  expect(answer).toMatchObject({ status: 404, json: { error_code: 'ENDPOINT_NOT_FOUND' } });
});

test('spans in protobuf are no endpoint either, not a bad body', async () => {
  const headers = { host: 'localhost', 'content-type': 'application/x-protobuf' };
  const answer = await server.app.inject({
    method: 'POST',
    url: '/v1/traces',
    headers,
    payload: Buffer.from([1, 2]),
  });
  expect(answer.statusCode).toBe(404);
  expect(answer.json()).toMatchObject({ error_code: 'ENDPOINT_NOT_FOUND' });
});

test('every operation has its alias below /ajax-api', async () => {
  const alias = await server.call('GET', `/ajax-api/2.0/mlflow/runs/get?run_id=${run}`);
  expect(alias.json).toEqual((await get(`runs/get?run_id=${run}`)).json);
  expect((await server.call('GET', '/ajax-api/3.0/mlflow/server-info')).json).toMatchObject({
    workspaces_enabled: false,
  });
});

test('a duplicate experiment is 400, an unknown one 404, a deleted one refuses runs', async () => {
  const id = (await post('experiments/create', { name: 'once' })).json.experiment_id;
  expect(await post('experiments/create', { name: 'once' })).toMatchObject({
    status: 400,
    json: { error_code: 'RESOURCE_ALREADY_EXISTS' },
  });
  expect(await get('experiments/get-by-name?experiment_name=none')).toMatchObject({
    status: 404,
    json: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
  });
  expect((await post('runs/create', { experiment_id: 'no/such id' })).status).toBe(404);
  await post('experiments/delete', { experiment_id: id });
  expectInvalid(await post('runs/create', { experiment_id: id }), "must be in the 'active' state");
});

test('a missing artifact is 404, at once', async () => {
  const url = `/api/2.0/mlflow-artifacts/artifacts/0/${run}/artifacts/model/MLmodel`;
  expect((await server.call('GET', url)).status).toBe(404);
  expect(
    (await server.call('GET', `/api/2.0/mlflow-artifacts/artifacts?path=0/${run}/artifacts/none`)).json,
  ).toEqual({});
});
