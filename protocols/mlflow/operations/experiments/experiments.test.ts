import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryServer, type Answer, type Json, type MemoryServer } from '#tests/memory-server.ts';

// Experiments as MLflow keeps them: names, states, limits.

let server: MemoryServer;
beforeAll(async () => {
  server = await memoryServer();
});
afterAll(() => server.app.close());

const post = (path: string, body: unknown): Promise<Answer> =>
  server.call('POST', `/api/2.0/mlflow/${path}`, body);
const get = (path: string): Promise<Answer> => server.call('GET', `/api/2.0/mlflow/${path}`);
const create = async (name: string, more: object = {}): Promise<string> =>
  (await post('experiments/create', { name, ...more })).json.experiment_id;
const stored = async (id: string): Promise<Json> =>
  (await get(`experiments/get?experiment_id=${id}`)).json.experiment;
const refusal = (status: number, error_code: string) => ({ status, json: { error_code } });
const INVALID = refusal(400, 'INVALID_PARAMETER_VALUE');
const MISSING = refusal(404, 'RESOURCE_DOES_NOT_EXIST');

test('experiment 0 is Default from the first start, ids are decimal, files go below the id', async () => {
  expect(await stored('0')).toMatchObject({ name: 'Default', artifact_location: 'mlflow-artifacts:/0' });
  const id = await create('first');
  expect(id).toMatch(/^\d+$/);
  expect(await stored(id)).toMatchObject({
    artifact_location: `mlflow-artifacts:/${id}`,
    lifecycle_stage: 'active',
  });
});

test('a name says something and has at most 500 characters', async () => {
  for (const name of ['', null, 'n'.repeat(501)]) {
    expect(await post('experiments/create', { name })).toMatchObject(INVALID);
  }
  const id = await create('n'.repeat(500));
  expect(await post('experiments/update', { experiment_id: id, new_name: '' })).toMatchObject(INVALID);
});

test('the name of a deleted experiment stays taken, and says that it is deleted', async () => {
  const id = await create('once');
  await post('experiments/delete', { experiment_id: id });
  const again = await post('experiments/create', { name: 'once' });
  expect(again).toMatchObject(refusal(400, 'RESOURCE_ALREADY_EXISTS'));
  expect(again.json.message).toMatch(`is deleted: restore it (id ${id})`);
  const other = await create('twice');
  const renamed = await post('experiments/update', { experiment_id: other, new_name: 'once' });
  expect(renamed).toMatchObject(refusal(400, 'RESOURCE_ALREADY_EXISTS'));
  expect((await post('experiments/create', { name: 'twice' })).json.message).toBe(
    "Experiment 'twice' already exists.",
  );
});

test('a deleted experiment is still read by id and by name', async () => {
  const id = await create('gone');
  await post('experiments/delete', { experiment_id: id });
  expect(await stored(id)).toMatchObject({ lifecycle_stage: 'deleted' });
  const named = await get('experiments/get-by-name?experiment_name=gone');
  expect(named.json.experiment).toMatchObject({ experiment_id: id, lifecycle_stage: 'deleted' });
});

test('deleting takes the runs along, restoring brings all of them back', async () => {
  const id = await create('with runs');
  const run = (await post('runs/create', { experiment_id: id })).json.run.info.run_id;
  const stage = async () => (await get(`runs/get?run_id=${run}`)).json.run.info.lifecycle_stage;
  expect((await post('experiments/delete', { experiment_id: id })).json).toEqual({});
  expect(await stage()).toBe('deleted');
  expect((await post('experiments/restore', { experiment_id: id })).json).toEqual({});
  expect([(await stored(id)).lifecycle_stage, await stage()]).toEqual(['active', 'active']);
});

test('a deleted experiment is not renamed and takes no tags', async () => {
  const id = await create('frozen', { tags: [{ key: 'k', value: 'v' }] });
  await post('experiments/delete', { experiment_id: id });
  for (const [path, more] of [
    ['update', { new_name: 'other' }],
    ['set-experiment-tag', { key: 'k', value: 'w' }],
    ['delete-experiment-tag', { key: 'k' }],
  ] as const) {
    const answer = await post(`experiments/${path}`, { experiment_id: id, ...more });
    expect([path, answer.status]).toEqual([path, 400]);
  }
  expect(await stored(id)).toMatchObject({ name: 'frozen', tags: [{ key: 'k', value: 'v' }] });
});

test('a tag is set, set again and deleted; deleting what is not there is 404', async () => {
  const id = await create('tagged');
  const tag = (key: string, value: string) =>
    post('experiments/set-experiment-tag', { experiment_id: id, key, value });
  await tag('a', '1');
  await tag('a', '2');
  expect((await stored(id)).tags).toEqual([{ key: 'a', value: '2' }]);
  const untag = () => post('experiments/delete-experiment-tag', { experiment_id: id, key: 'a' });
  expect((await untag()).json).toEqual({});
  expect(await stored(id)).not.toHaveProperty('tags');
  expect(await untag()).toMatchObject(MISSING);
});

test('a tag has a key of at most 250 characters and a value of at least 5000', async () => {
  const id = await create('long tags');
  const tag = (key: string, value: string) =>
    post('experiments/set-experiment-tag', { experiment_id: id, key, value });
  expect((await tag('k'.repeat(250), 'v'.repeat(5000))).status).toBe(200);
  const refused = await tag('k'.repeat(251), 'v');
  expect(refused).toMatchObject(INVALID);
  expect(refused.json.message).toMatch('exceeds the maximum length of 250 characters');
});

test.each([
  'mlflow-artifacts:/here#fragment',
  'mlflow-artifacts:/here;params',
  's3://bucket/here?dir=../up',
  's3://bucket/here?dir=%252e%252e/up',
  'mlflow-artifacts:/../up',
  'mlflow-artifacts:/%252e%252e/up',
  'runs:/0123/here',
  `s3://bucket/${'d'.repeat(3000)}`,
])('an artifact location such as %s is refused', async (location) => {
  const answer = await post('experiments/create', { name: location, artifact_location: location });
  expect(answer).toMatchObject(INVALID);
});

test('a location of the user’s own is kept', async () => {
  const id = await create('elsewhere', { artifact_location: 's3://bucket/of ours' });
  expect(await stored(id)).toMatchObject({ artifact_location: 's3://bucket/of ours' });
});

test.each(['abc', '4711', 'no/such'])('experiment %j is not there: 404, never 500', async (id) => {
  expect(await get(`experiments/get?experiment_id=${encodeURIComponent(id)}`)).toMatchObject(MISSING);
});

test('deleting or restoring what is not there is 404', async () => {
  expect(await post('experiments/delete', { experiment_id: '4711' })).toMatchObject(MISSING);
  expect(await post('experiments/restore', { experiment_id: '4711' })).toMatchObject(MISSING);
});

test('a search takes 1 to 50,000 results, 1000 unless told', async () => {
  for (const max of [0, -1, 50_001]) {
    expect(await post('experiments/search', { max_results: max })).toMatchObject(INVALID);
  }
  for (const body of [{}, { max_results: null }, { max_results: 50_000 }]) {
    expect((await post('experiments/search', body)).status).toBe(200);
  }
});

test('a search is of active ones, the newest first, unless told', async () => {
  const older = await create('s older');
  const newer = await create('s newer');
  const deleted = await create('s deleted');
  await post('experiments/delete', { experiment_id: deleted });
  const found = async (more: object) =>
    (await post('experiments/search', { filter: "name LIKE 's %'", ...more })).json.experiments.map(
      ({ experiment_id: id }: Json) => id,
    );
  expect(new Set(await found({}))).toEqual(new Set([newer, older]));
  expect(await found({ order_by: ['name'] })).toEqual([newer, older]);
  expect(await found({ view_type: 'DELETED_ONLY' })).toEqual([deleted]);
  expect(new Set(await found({ view_type: 'ALL' }))).toEqual(new Set([older, newer, deleted]));
  expect(await found({ view_type: 3, order_by: ['name DESC'] })).toEqual([older, newer, deleted]);
});

test('the same order said twice is no mistake of the server', async () => {
  const answer = await post('experiments/search', { order_by: ['name', 'name'] });
  expect([200, 400]).toContain(answer.status);
});
