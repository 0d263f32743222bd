import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { memoryServer, type Answer, type Json, type MemoryServer } from '#tests/memory-server.ts';

// Runs as MLflow keeps them: their names, states, deletion, params, tags, searches.

let server: MemoryServer;
let run: string;
beforeAll(async () => {
  server = await memoryServer();
});
afterAll(() => server.app.close());
beforeEach(async () => {
  run = (await post('runs/create', { experiment_id: '0' })).json.run.info.run_id;
});

const post = (path: string, body: unknown): Promise<Answer> =>
  server.call('POST', `/api/2.0/mlflow/${path}`, body);
const get = (path: string): Promise<Answer> => server.call('GET', `/api/2.0/mlflow/${path}`);
const stored = async (id = run): Promise<Json> => (await get(`runs/get?run_id=${id}`)).json.run;
const nameTag = ({ data }: Json): unknown =>
  data.tags.find((tag: Json) => tag.key === 'mlflow.runName')?.value;
const refusal = (status: number, error_code: string) => ({ status, json: { error_code } });
const INVALID = refusal(400, 'INVALID_PARAMETER_VALUE');
const MISSING = refusal(404, 'RESOURCE_DOES_NOT_EXIST');

function expectInvalid(answer: Answer, message: string): void {
  expect(answer).toMatchObject(INVALID);
  expect(answer.json.message).toMatch(message);
}

test('a run has 32 hex digits, runs, and has files below its experiment', async () => {
  const { info } = await stored();
  expect(info).toMatchObject({ status: 'RUNNING', lifecycle_stage: 'active', user_id: '' });
  expect(info.run_id).toMatch(/^[0-9a-f]{32}$/);
  expect(info.artifact_uri).toBe(`mlflow-artifacts:/0/${run}/artifacts`);
});

test('a run without a name gets one, and each name is a tag as well', async () => {
  const unnamed = await stored();
  expect(unnamed.info.run_name).toMatch(/^[a-z]+-[a-z]+-\d+$/);
  expect(nameTag(unnamed)).toBe(unnamed.info.run_name);
  const named = (await post('runs/create', { experiment_id: '0', run_name: 'mine' })).json.run;
  expect(nameTag(named)).toBe('mine');
  const tags = [{ key: 'mlflow.runName', value: 'by tag' }];
  const tagged = (await post('runs/create', { experiment_id: '0', tags })).json.run;
  expect(tagged.info.run_name).toBe('by tag');
  expectInvalid(
    await post('runs/create', { experiment_id: '0', run_name: 'other', tags }),
    'different values',
  );
});

test('renaming sets the tag, and setting the tag renames', async () => {
  await post('runs/update', { run_id: run, run_name: 'renamed' });
  expect(nameTag(await stored())).toBe('renamed');
  await post('runs/set-tag', { run_id: run, key: 'mlflow.runName', value: 'again' });
  expect((await stored()).info.run_name).toBe('again');
});

test('an update changes what it names and nothing else', async () => {
  await post('runs/update', { run_id: run, status: 'FINISHED', end_time: 5 });
  const { info } = await stored();
  expect((await post('runs/update', { run_id: run })).json.run_info).toEqual(info);
  await post('runs/update', { run_id: run, run_name: 'n' });
  expect((await stored()).info).toMatchObject({ status: 'FINISHED', end_time: 5, run_name: 'n' });
});

test.each(['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'])('a run may be %s', async (status) => {
  expect((await post('runs/update', { run_id: run, status })).json.run_info.status).toBe(status);
});

test('a run in an experiment that is not there is 404', async () => {
  expect(await post('runs/create', { experiment_id: '4711' })).toMatchObject(MISSING);
});

test('every write on a deleted run is refused; deleting again is not', async () => {
  await post('runs/log-batch', { run_id: run, tags: [{ key: 'k', value: 'v' }] });
  for (const _ of [1, 2]) expect((await post('runs/delete', { run_id: run })).json).toEqual({});
  const before = await stored();
  const writes: ReadonlyArray<readonly [string, object]> = [
    ['log-metric', { key: 'm', value: 1, timestamp: 1 }],
    ['log-parameter', { key: 'p', value: 'v' }],
    ['set-tag', { key: 't', value: 'v' }],
    ['delete-tag', { key: 'k' }],
    ['log-batch', { metrics: [{ key: 'm', value: 1, timestamp: 1 }] }],
    ['update', { status: 'FINISHED' }],
    ['log-inputs', { datasets: [{ dataset: { name: 'd', digest: '1' } }] }],
  ];
  for (const [path, body] of writes) {
    const answer = await post(`runs/${path}`, { run_id: run, ...body });
    expect([path, answer.status, answer.json.error_code]).toEqual([path, 400, 'INVALID_PARAMETER_VALUE']);
    expect(answer.json.message).toMatch("must be in the 'active' state");
  }
  expect(await stored()).toEqual(before);
  expect((await post('runs/restore', { run_id: run })).json).toEqual({});
  expect((await stored()).info.lifecycle_stage).toBe('active');
});

test('the latest of a metric is the highest step, then the latest time, then the greatest value', async () => {
  const log = (key: string, points: ReadonlyArray<readonly [number, number, number | string]>) =>
    post('runs/log-batch', {
      run_id: run,
      metrics: points.map(([step, timestamp, value]) => ({ key, step, timestamp, value })),
    });
  await log('step', [
    [9, 1, 1],
    [3, 9, 2],
  ]);
  await log('time', [
    [0, 9, 1],
    [0, 1, 2],
  ]);
  await log('value', [
    [0, 1, 2],
    [0, 1, 1],
  ]);
  await log('nan below one', [
    [0, 1, 'NaN'],
    [0, 1, 1],
  ]);
  await log('nan above minus one', [
    [0, 1, 'NaN'],
    [0, 1, -1],
  ]);
  const { metrics } = (await stored()).data;
  expect(Object.fromEntries(metrics.map(({ key, value }: Json) => [key, value]))).toEqual({
    step: 1,
    time: 1,
    value: 2,
    'nan below one': 1,
    'nan above minus one': 'NaN',
  });
});

test('a step is 0 unless told, and may be negative; a time may not', async () => {
  await post('runs/log-metric', { run_id: run, key: 'm', value: 1, timestamp: 0 });
  await post('runs/log-metric', { run_id: run, key: 'n', value: 1, timestamp: 0, step: -7 });
  const { metrics } = (await stored()).data;
  expect(metrics.map(({ key, step }: Json) => [key, step])).toEqual([
    ['m', 0],
    ['n', -7],
  ]);
  expectInvalid(
    await post('runs/log-metric', { run_id: run, key: 'm', value: 1, timestamp: -1 }),
    'imestamp',
  );
});

test('the same key twice in a batch is refused even with the same value; a tag takes the last', async () => {
  const twice = [1, 1].map((value) => ({ key: 'k', value: String(value) }));
  expectInvalid(await post('runs/log-batch', { run_id: run, params: twice }), 'Duplicate parameter keys');
  const tags = ['1', '2'].map((value) => ({ key: 'k', value }));
  expect((await post('runs/log-batch', { run_id: run, tags })).status).toBe(200);
  expect((await stored()).data.tags).toContainEqual({ key: 'k', value: '2' });
});

test('a param may be empty, and long ones are cut rather than refused', async () => {
  const params = [
    { key: 'empty', value: '' },
    { key: 'long', value: 'x'.repeat(100_000) },
  ];
  expect((await post('runs/log-batch', { run_id: run, params })).status).toBe(200);
  const kept = Object.fromEntries((await stored()).data.params.map(({ key, value }: Json) => [key, value]));
  expect(kept['empty']).toBe('');
  expect(kept['long'].length).toBeGreaterThanOrEqual(6000);
  expect((await post('runs/log-batch', { run_id: run, params })).status).toBe(200);
});

test('a key has at most 250 characters', async () => {
  const key = 'k'.repeat(251);
  for (const [path, body] of [
    ['log-metric', { key, value: 1, timestamp: 1 }],
    ['log-parameter', { key, value: 'v' }],
    ['set-tag', { key, value: 'v' }],
  ] as const) {
    const answer = await post(`runs/${path}`, { run_id: run, ...body });
    expect(answer).toMatchObject(INVALID);
    expect(answer.json.message).toMatch('exceeds the maximum length of 250 characters');
    const fits = { run_id: run, ...body, key: key.slice(1) };
    expect((await post(`runs/${path}`, fits)).status).toBe(200);
  }
});

test.each(['a b', 'a-b_c.d:e/f', '学习率', 'ünï/çödé'])('%j is a name', async (key) => {
  expect((await post('runs/set-tag', { run_id: run, key, value: 'v' })).status).toBe(200);
});

test.each(['/a', 'a//b', 'a/', './a', 'a/../b', '..', '.', 'a\\b', 'a?b', 'a\nb', 'a,b'])(
  '%j is no name for anything',
  async (key) => {
    for (const [path, body] of [
      ['log-metric', { value: 1, timestamp: 1 }],
      ['log-parameter', { value: 'v' }],
      ['set-tag', { value: 'v' }],
    ] as const) {
      expect(await post(`runs/${path}`, { run_id: run, key, ...body })).toMatchObject(INVALID);
    }
  },
);

test('a tag that is not there cannot be deleted', async () => {
  expect(await post('runs/delete-tag', { run_id: run, key: 'never' })).toMatchObject(MISSING);
});

test('a batch of one megabyte and more is taken', async () => {
  const tags = Array.from({ length: 100 }, (_, at) => ({ key: `k${at}`, value: 'v'.repeat(15_000) }));
  expect((await post('runs/log-batch', { run_id: run, tags })).status).toBe(200);
});

test('no experiment finds no run; a page has 1 to 50,000', async () => {
  expect((await post('runs/search', { experiment_ids: [] })).json).toEqual({});
  for (const max of [0, -1, 50_001]) {
    expect(await post('runs/search', { experiment_ids: ['0'], max_results: max })).toMatchObject(INVALID);
  }
});

test('the pages of a search hold every run once, and a full last page has no token', async () => {
  const id = (await post('experiments/create', { name: 'paged' })).json.experiment_id;
  for (let at = 0; at < 4; at += 1) await post('runs/create', { experiment_id: id, start_time: at });
  const ask = { experiment_ids: [id], max_results: 2 };
  const first = (await post('runs/search', ask)).json;
  const second = (await post('runs/search', { ...ask, page_token: first.next_page_token })).json;
  const starts = [...first.runs, ...second.runs].map(({ info }: Json) => info.start_time);
  expect(starts).toEqual([3, 2, 1, 0]);
  expect(second).not.toHaveProperty('next_page_token');
});

test('NaN and missing values sort last in both directions', async () => {
  const id = (await post('experiments/create', { name: 'sorted' })).json.experiment_id;
  for (const [name, value] of [['missing'], ['nan', 'NaN'], ['one', 1], ['two', 2]] as const) {
    const made = (await post('runs/create', { experiment_id: id, run_name: name })).json.run.info.run_id;
    if (value !== undefined) await post('runs/log-metric', { run_id: made, key: 'm', value, timestamp: 1 });
  }
  const names = async (order: string) =>
    (await post('runs/search', { experiment_ids: [id], order_by: [order] })).json.runs.map(
      ({ info }: Json) => info.run_name,
    );
  expect(await names('metrics.m ASC')).toEqual(['one', 'two', 'nan', 'missing']);
  expect(await names('metrics.m DESC')).toEqual(['two', 'one', 'nan', 'missing']);
});

test('a filter that cannot be read, and an order said twice, are no mistakes of the server', async () => {
  const search = (more: object) => post('runs/search', { experiment_ids: ['0'], ...more });
  for (const filter of ['metrics.acc >', "nonsense.x = 'y'", 'a = b = c', "metrics.acc = 'x'"]) {
    expect([filter, await search({ filter })]).toMatchObject([filter, INVALID]);
  }
  const fields = Array.from({ length: 65 }, (_, at) => `metrics.m${at} > 0`);
  expect(await search({ filter: fields.join(' AND ') })).toMatchObject(INVALID);
  expect((await search({ filter: fields.slice(1).join(' AND ') })).status).toBe(200);
  const twice = await search({ order_by: ['metrics.m DESC', 'metrics.m DESC'] });
  expect([200, 400]).toContain(twice.status);
});
