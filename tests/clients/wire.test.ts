import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type RunningServer } from '../running-server.ts';
import { rawRequest, type RawBody } from './raw-request.ts';

// What only raw requests can say: habits of the Java, R and older Python clients, encodings to the letter, and input
// that no client sends. MLflow's own server mostly gives the same answers; it answers 500 to malformed bodies and
// lets backslashes and NUL into paths, and refuses some habits of older clients that Cairn accepts.

const MLFLOW = '/api/2.0/mlflow';
const NOWHERE = '0'.repeat(32);

let server: RunningServer;
let run = '';
beforeAll(async () => {
  server = await startServer({ args: ['--log-level', 'warn'] });
  run = await newRun('0');
});
afterAll(async () => {
  await server.stop();
});

const ask = (method: string, path: string, body?: RawBody) => rawRequest(server.origin, method, path, body);
const get = (path: string) => ask('GET', path);
const post = (path: string, body: unknown) => ask('POST', `${MLFLOW}/${path}`, { body });
const refusal = (code: string, message?: unknown) =>
  expect.objectContaining({ error_code: code, message: message ?? expect.any(String) });

async function newRun(experiment: string): Promise<string> {
  return (await post('runs/create', { experiment_id: experiment })).json.run.info.run_id;
}

describe('a client that asks who is there', () => {
  test.each([
    ['/health', 'OK'],
    ['/version', '3.17.2'],
  ])('GET %s answers %s in plain text', async (path, word) => {
    const answer = await get(path);
    expect([answer.status, answer.text]).toEqual([200, word]);
  });

  test('is told that there are no workspaces, on both prefixes', async () => {
    for (const prefix of ['api', 'ajax-api']) {
      const { status, json } = await get(`/${prefix}/3.0/mlflow/server-info`);
      expect(status).toBe(200);
      expect(json).toMatchObject({ workspaces_enabled: false, store_type: 'SqlStore' });
    }
  });

  test.each([
    ['POST', `${MLFLOW}/webhooks`, { name: 'm' }],
    ['GET', `${MLFLOW}/webhooks`, undefined],
    ['DELETE', `${MLFLOW}/webhooks/w`, {}],
    ['POST', '/api/3.0/mlflow/traces', {}],
    ['POST', `${MLFLOW}/no/such/thing`, {}],
  ])('%s %s is an unknown endpoint, said as 404 that nobody retries', async (method, path, body) => {
    const { status, json } = await ask(method, path, { body });
    expect([status, json.error_code]).toEqual([404, 'ENDPOINT_NOT_FOUND']);
  });
});

describe('older habits', () => {
  test('run_uuid stands for run_id in every request', async () => {
    const mine = await newRun('0');
    for (const [path, rest] of [
      ['runs/log-metric', { key: 'm', value: 1, timestamp: 1, step: 1 }],
      ['runs/log-parameter', { key: 'p', value: 'x' }],
      ['runs/set-tag', { key: 't', value: 'y' }],
      ['runs/log-batch', { tags: [{ key: 'b', value: 'z' }] }],
      ['runs/update', { status: 'FINISHED' }],
    ] as const) {
      expect([path, (await post(path, { run_uuid: mine, ...rest })).status]).toEqual([path, 200]);
    }
    const { json } = await get(`${MLFLOW}/runs/get?run_uuid=${mine}`);
    expect(json.run.info).toMatchObject({ run_id: mine, run_uuid: mine, status: 'FINISHED' });
    expect(json.run.data).toMatchObject({
      metrics: [{ key: 'm', value: 1, timestamp: 1, step: 1 }],
      params: [{ key: 'p', value: 'x' }],
    });
  });

  test('experiments are searched by GET with a repeated key and by POST alike', async () => {
    const byGet = await get(
      `${MLFLOW}/experiments/search?max_results=5&view_type=ACTIVE_ONLY&order_by=name%20ASC&order_by=experiment_id`,
    );
    const byPost = await post('experiments/search', {
      max_results: 5,
      view_type: 'ACTIVE_ONLY',
      order_by: ['name ASC', 'experiment_id'],
    });
    expect(byGet.status).toBe(200);
    expect(byGet.json).toEqual(byPost.json);
    expect(byGet.json.experiments[0]).toMatchObject({ experiment_id: '0', name: 'Default' });
  });

  test('a history without max_results is the whole history, without a token', async () => {
    const metrics = [3, 1, 2].map((step) => ({ key: 'h', value: step / 2, timestamp: 10, step }));
    await post('runs/log-batch', { run_id: run, metrics });
    const { json } = await get(`${MLFLOW}/metrics/get-history?run_id=${run}&metric_key=h`);
    expect(json.metrics).toHaveLength(3);
    expect(json).not.toHaveProperty('next_page_token');
    const { json: none } = await get(`${MLFLOW}/metrics/get-history?run_id=${run}&metric_key=never`);
    expect(none).toEqual({});
  });

  test('the pages of a history hold every point once', async () => {
    const metrics = Array.from({ length: 10 }, (_, step) => ({
      key: 'pages',
      value: step,
      timestamp: 10,
      step,
    }));
    await post('runs/log-batch', { run_id: run, metrics });
    const steps: number[] = [];
    let token = '';
    let pages = 0;
    do {
      const from = token === '' ? '' : `&page_token=${encodeURIComponent(token)}`;
      const { json } = await get(
        `${MLFLOW}/metrics/get-history?run_id=${run}&metric_key=pages&max_results=4${from}`,
      );
      steps.push(...(json.metrics ?? []).map((metric: { step: number }) => metric.step));
      token = json.next_page_token ?? '';
      pages += 1;
    } while (token !== '' && pages < 9);
    expect(steps.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(pages).toBe(3);
  });

  test('int64 comes as text, enums as numbers, doubles as words, and a field nobody knows is ignored', async () => {
    const made = await post('runs/create', {
      experiment_id: 0,
      start_time: '1700000000123',
      field_of_the_future: { deep: [1] },
    });
    expect(made.json.run.info).toMatchObject({ start_time: 1_700_000_000_123, experiment_id: '0' });
    const id = made.json.run.info.run_id;
    const metric = { key: 'text', value: 'NaN', timestamp: '1700000000456', step: '-7' };
    expect((await post('runs/log-metric', { run_id: id, ...metric })).status).toBe(200);
    await post('runs/log-metric', { run_id: id, key: 'inf', value: '-Infinity', timestamp: 1, step: 0 });
    expect((await post('runs/update', { run_id: id, status: 3, end_time: '1700000000789' })).status).toBe(
      200,
    );
    const { json } = await get(`${MLFLOW}/runs/get?run_id=${id}`);
    expect(json.run.info).toMatchObject({ status: 'FINISHED', end_time: 1_700_000_000_789 });
    expect(json.run.data.metrics).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: 'text', value: 'NaN', timestamp: 1_700_000_000_456, step: -7 }),
        expect.objectContaining({ key: 'inf', value: -Number.MAX_VALUE }),
      ]),
    );
    const deleted = await post('experiments/search', { max_results: 5, view_type: 2 });
    expect(deleted.json).toEqual({});
  });

  test('JSON in a JSON string, and a body that says its charset, are read', async () => {
    const body = JSON.stringify(JSON.stringify({ run_id: run, key: 'twice', value: 'wrapped' }));
    const type = 'application/json; charset=utf-8';
    expect((await ask('POST', `${MLFLOW}/runs/set-tag`, { body, type })).json).toEqual({});
    expect((await get(`${MLFLOW}/runs/get?run_id=${run}`)).text).toContain('wrapped');
  });

  test('/ajax-api answers what /api answers', async () => {
    const path = `/2.0/mlflow/runs/get?run_id=${run}`;
    expect((await get(`/ajax-api${path}`)).json).toEqual((await get(`/api${path}`)).json);
  });
});

describe('the shape of answers', () => {
  test('an empty answer is {}', async () => {
    const { json, headers } = await post('runs/set-tag', { run_id: run, key: 'a', value: 'b' });
    expect(json).toEqual({});
    expect(headers['content-type']).toMatch(/^application\/json/);
  });

  test('lists that are empty are absent, but inputs and outputs of a run are there', async () => {
    const mine = await newRun('0');
    const { json } = await get(`${MLFLOW}/runs/get?run_id=${mine}`);
    expect(json.run).toMatchObject({ inputs: {}, outputs: {} });
    expect(Object.keys(json.run.data)).toEqual(['tags']);
    expect(json.run.info).not.toHaveProperty('end_time');
    expect(json.run.info).toMatchObject({ status: 'RUNNING', lifecycle_stage: 'active' });
    expect(json.run.info.run_id).toMatch(/^[0-9a-f]{32}$/);
    expect(json.run.info.artifact_uri).toBe(`mlflow-artifacts:/0/${mine}/artifacts`);
    const name = [{ key: 'mlflow.runName', value: json.run.info.run_name }];
    expect(json.run.data.tags).toEqual(name);
  });

  test('a search without hits has neither runs nor a token', async () => {
    const { json } = await post('runs/search', { experiment_ids: ['0'], filter: "tags.never = 'x'" });
    expect(json).toEqual({});
  });
});

describe('a request that is wrong', () => {
  test.each([
    ['text/plain', '{"experiment_id":"0"}'],
    ['application/x-www-form-urlencoded', 'experiment_id=0'],
  ])('in %s is told which type to send', async (type, body) => {
    const { status, json } = await ask('POST', `${MLFLOW}/runs/create`, { body, type });
    expect(status).toBe(400);
    expect(json).toEqual(refusal('INVALID_PARAMETER_VALUE', expect.stringContaining('Content-Type')));
  });

  test.each([
    ['is cut off', '{"run_id": '],
    ['is an array', '[1,2]'],
    ['is a number', '7'],
    ['is not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['nests 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000)],
  ])('because its body %s is 400, not 500', async (_what, body) => {
    const { status, json } = await ask('POST', `${MLFLOW}/runs/log-batch`, { body });
    expect([status, json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });

  test.each([
    ['runs/log-metric', { key: 'm', value: 1, timestamp: 1 }, 'run_id'],
    ['runs/log-parameter', { run_id: 'RUN', value: 'x' }, 'key'],
    ['runs/log-metric', { run_id: 'RUN', key: 'm', timestamp: 1 }, 'value'],
    ['experiments/create', {}, 'name'],
  ])('%s with %j misses %s and is told so', async (path, body, name) => {
    const { status, json } = await post(path, 'run_id' in body ? { ...body, run_id: run } : body);
    expect(status).toBe(400);
    const words = `Missing value for required parameter '${name}'`;
    expect(json).toEqual(refusal('INVALID_PARAMETER_VALUE', expect.stringContaining(words)));
  });

  test.each([
    ['runs/log-metric', { key: 'm', value: 'high', timestamp: 1 }, 'value'],
    ['runs/log-metric', { key: 'm', value: 1, timestamp: 'soon' }, 'timestamp'],
    ['runs/log-metric', { key: 'm', value: 1, timestamp: 1, step: 1.5 }, 'step'],
    ['runs/set-tag', { key: { deep: 1 }, value: 'x' }, 'key'],
  ])('%s with %j names the value that it cannot take', async (path, body, name) => {
    const { status, json } = await post(path, { run_id: run, ...body });
    expect(status).toBe(400);
    expect(json.message).toContain('Invalid value');
    expect(json.message).toContain(`'${name}'`);
  });

  test.each([
    [`${MLFLOW}/experiments/get?experiment_id=abc`],
    [`${MLFLOW}/experiments/get-by-name?experiment_name=never`],
    [`${MLFLOW}/runs/get?run_id=${NOWHERE}`],
    [`${MLFLOW}/runs/get?run_id=not-an-id`],
    [`${MLFLOW}/logged-models/m-${NOWHERE}`],
    [`${MLFLOW}/artifacts/list?run_id=${NOWHERE}`],
  ])('because nothing is at %s is 404', async (path) => {
    const { status, json } = await get(path);
    expect([status, json.error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
  });

  test('for a name that is taken is 400, not 409, and shows nothing of the database', async () => {
    expect((await post('experiments/create', { name: 'taken' })).status).toBe(200);
    const { status, json } = await post('experiments/create', { name: 'taken' });
    expect(status).toBe(400);
    expect(json).toEqual(refusal('RESOURCE_ALREADY_EXISTS', expect.stringContaining('already exists')));
    expect(json.message).not.toMatch(/INSERT|UNIQUE|sqlite/i);
  });

  test('leaves nothing of a refused batch behind', async () => {
    const mine = await newRun('0');
    const { status } = await post('runs/log-batch', {
      run_id: mine,
      params: [
        { key: 'kept?', value: '1' },
        { key: '../up', value: '2' },
      ],
      metrics: [{ key: 'm', value: 1, timestamp: 1, step: 0 }],
    });
    expect(status).toBe(400);
    expect(Object.keys((await get(`${MLFLOW}/runs/get?run_id=${mine}`)).json.run.data)).toEqual(['tags']);
  });
});
