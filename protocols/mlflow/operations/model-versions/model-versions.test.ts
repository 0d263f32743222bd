import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { memoryServer, type Answer, type Json, type MemoryServer } from '#tests/memory-server.ts';

// Versions of registered models: numbers, stages, tags, searches. Where they may come from is in sources.test.ts.

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
});

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
const call = (method: Method, path: string, body?: unknown): Promise<Answer> =>
  server.call(method, `/api/2.0/mlflow/${path}`, body);
const post = (path: string, body: unknown): Promise<Answer> => call('POST', path, body);
const get = (path: string, query: Record<string, string | string[]> = {}): Promise<Answer> => {
  const pairs = Object.entries(query).flatMap(([key, value]) => [value].flat().map((one) => [key, one]));
  return call('GET', `${path}?${new URLSearchParams(pairs).toString()}`);
};
const register = async (more: object = {}): Promise<Json> => {
  const body = { name, source: 's3://bucket/model', ...more };
  return (await post('model-versions/create', body)).json.model_version;
};
const stored = async (version: string): Promise<Json> =>
  (await get('model-versions/get', { name, version })).json.model_version;
const move = (version: string, stage: string, archive?: boolean): Promise<Answer> =>
  post('model-versions/transition-stage', { name, version, stage, archive_existing_versions: archive });
const search = async (query: Record<string, string | string[]>): Promise<string[]> => {
  const { json } = await get('model-versions/search', query);
  return (json.model_versions ?? []).map((found: Json) => `${found.name}/${found.version}`);
};
const numbers = async (filter: string): Promise<string> =>
  (await search({ filter: `name = '${name}'${filter}`, order_by: ['version_number'] }))
    .map((found) => found.split('/')[1])
    .join(' ');
const refusal = (status: number, error_code: string) => ({ status, json: { error_code } });
const INVALID = refusal(400, 'INVALID_PARAMETER_VALUE');
const MISSING = refusal(404, 'RESOURCE_DOES_NOT_EXIST');

test('a new version is ready, in no stage, and its number is a text', async () => {
  const made = await register({
    description: 'first',
    run_link: 'https://example.org/run',
    tags: [
      { key: 'data', value: 'v1' },
      { key: 'data', value: 'v2' },
    ],
  });
  expect(made).toMatchObject({
    name,
    version: '1',
    current_stage: 'None',
    status: 'READY',
    description: 'first',
    source: 's3://bucket/model',
    run_id: '',
    run_link: 'https://example.org/run',
    tags: [{ key: 'data', value: 'v2' }],
  });
  expect(made.last_updated_timestamp).toBe(made.creation_timestamp);
  expect(await stored('1')).toEqual(made);
});

test('numbers go up by one and are never given again', async () => {
  expect([(await register()).version, (await register()).version]).toEqual(['1', '2']);
  await call('DELETE', 'model-versions/delete', { name, version: '2' });
  expect((await register()).version).toBe('3');
});

test('a deleted version is not found, and its aliases are gone', async () => {
  await register();
  await register();
  await post('registered-models/alias', { name, alias: 'champion', version: '1' });
  expect((await call('DELETE', 'model-versions/delete', { name, version: '1' })).json).toEqual({});
  expect(await get('registered-models/alias', { name, alias: 'champion' })).toMatchObject(INVALID);
  expect((await get('registered-models/get', { name })).json.registered_model).not.toHaveProperty('aliases');
  expect(await numbers('')).toBe('2');
  const gone = { name, version: '1' };
  expect((await get('model-versions/get', gone)).json.message).toBe(
    `Model Version (name=${name}, version=1) not found`,
  );
  for (const path of ['get', 'get-download-uri']) {
    expect(await get(`model-versions/${path}`, gone)).toMatchObject(MISSING);
  }
  for (const [method, path, more] of [
    ['PATCH', 'update', { description: 'x' }],
    ['DELETE', 'delete', {}],
    ['POST', 'transition-stage', { stage: 'Staging' }],
    ['POST', 'set-tag', { key: 'k', value: 'v' }],
    ['DELETE', 'delete-tag', { key: 'k' }],
  ] as const) {
    const answer = await call(method, `model-versions/${path}`, { ...gone, ...more });
    expect([path, answer]).toMatchObject([path, MISSING]);
  }
});

test.each(['x', '1.5', ''])('%j is no number of a version', async (version) => {
  await register();
  expect(await get('model-versions/get', { name, version })).toMatchObject(INVALID);
  expect(await post('registered-models/alias', { name, alias: 'a', version })).toMatchObject(INVALID);
});

test('a version is asked for by number as well as by text', async () => {
  await register();
  const ask = { name, version: 1, description: 'by number' };
  const { json } = await call('PATCH', 'model-versions/update', ask);
  expect(json.model_version).toMatchObject({ version: '1', description: 'by number' });
  expect((await get('model-versions/get', { name, version: '01' })).json.model_version.version).toBe('1');
});

test('a version shows its aliases, but not in a search', async () => {
  await register();
  await post('registered-models/alias', { name, alias: 'b', version: '1' });
  await post('registered-models/alias', { name, alias: 'a', version: '1' });
  expect(new Set((await stored('1')).aliases)).toEqual(new Set(['a', 'b']));
  const { json } = await get('model-versions/search', { filter: `name = '${name}'` });
  expect(json.model_versions[0]).not.toHaveProperty('aliases');
});

test.each([
  ['none', 'None'],
  ['STAGING', 'Staging'],
  ['production', 'Production'],
  ['Archived', 'Archived'],
])('stage %j is %s', async (asked, shown) => {
  await register();
  expect((await move('1', asked)).json.model_version.current_stage).toBe(shown);
  expect((await stored('1')).current_stage).toBe(shown);
});

test.each(['Nowhere', 'prod', ''])('%j is no stage', async (stage) => {
  await register();
  expect(await move('1', stage)).toMatchObject(INVALID);
  if (stage !== '') {
    expect((await move('1', stage)).json.message).toBe(
      `Invalid Model Version stage: ${stage}. Value must be one of None, Staging, Production, Archived.`,
    );
  }
});

test('a transition archives the others of its stage only when told', async () => {
  for (const version of ['1', '2', '3', '4']) {
    await register();
    await move(version, version === '4' ? 'Staging' : 'Production');
  }
  const stages = async () =>
    Promise.all(['1', '2', '3', '4'].map(async (version) => (await stored(version)).current_stage));
  expect(await stages()).toEqual(['Production', 'Production', 'Production', 'Staging']);
  await move('4', 'Production', true);
  expect(await stages()).toEqual(['Archived', 'Archived', 'Archived', 'Production']);
});

test.each(['None', 'Archived'])('a transition to %s archives nothing and says so', async (stage) => {
  await register();
  const answer = await move('1', stage, true);
  expect(answer).toMatchObject(INVALID);
  expect(answer.json.message).toMatch('not an Active stage');
  expect((await move('1', stage, false)).status).toBe(200);
});

test('a tag is set, set again and deleted; deleting what is not there is no mistake', async () => {
  await register();
  const ask = { name, version: '1', key: 'data' };
  for (const value of ['v1', 'v2']) await post('model-versions/set-tag', { ...ask, value });
  expect((await stored('1')).tags).toEqual([{ key: 'data', value: 'v2' }]);
  for (const _ of ['there', 'not there']) {
    expect(await call('DELETE', 'model-versions/delete-tag', ask)).toMatchObject({ status: 200, json: {} });
  }
  expect(await stored('1')).not.toHaveProperty('tags');
  const long = { ...ask, value: 'v'.repeat(100_001) };
  expect(await post('model-versions/set-tag', long)).toMatchObject(INVALID);
});

test('a search is by name, number, run, source and tag', async () => {
  const run = (await post('runs/create', { experiment_id: '0' })).json.run.info.run_id;
  await register({ run_id: run });
  await register({ source: 's3://bucket/other', tags: [{ key: 'data', value: 'v2' }] });
  await register({ tags: [{ key: 'data', value: 'v3' }] });
  expect(await numbers('')).toBe('1 2 3');
  expect(await numbers(` AND run_id = '${run}'`)).toBe('1');
  expect(await numbers(` AND run_id IN ('${run}', '${'0'.repeat(32)}')`)).toBe('1');
  expect(await numbers(" AND source_path = 's3://bucket/other'")).toBe('2');
  expect(await numbers(" AND tags.data = 'v3'")).toBe('3');
  expect(await numbers(" AND tags.data LIKE 'v%'")).toBe('2 3');
  expect(await numbers(' AND version_number >= 2')).toBe('2 3');
  expect(await search({ filter: `run_id = '${run}'` })).toEqual([`${name}/1`]);
  expect(await search({ filter: `name ILIKE '${name.toUpperCase()}'`, max_results: '1' })).toHaveLength(1);
  for (const filter of ['name', "stages = 'x'", 'metrics.a > 1', 'version_number > ']) {
    expect(await get('model-versions/search', { filter })).toMatchObject(INVALID);
  }
});

test('versions come by last update, name and greatest number, unless told otherwise', async () => {
  for (let at = 0; at < 3; at += 1) await register();
  const ask = { filter: `name = '${name}'` };
  const all = (...order: string[]) => order.map((number) => `${name}/${number}`);
  expect(await search({ ...ask, order_by: ['version_number ASC'] })).toEqual(all('1', '2', '3'));
  expect(await search({ ...ask, order_by: ['name'] })).toEqual(all('3', '2', '1'));
  expect(await search({ ...ask, order_by: ['creation_timestamp', 'version_number'] })).toEqual(
    all('1', '2', '3'),
  );
  await nextMillisecond();
  await call('PATCH', 'model-versions/update', { name, version: '2', description: 'newest now' });
  expect((await search(ask))[0]).toBe(`${name}/2`);
  expect(await get('model-versions/search', { order_by: ['run_id DESC', 'nothing'] })).toMatchObject(INVALID);
});

test('pages of versions hold each once; a token is of its search, a page of 1 to 200,000', async () => {
  for (let at = 0; at < 3; at += 1) await register();
  const ask = { filter: `name = '${name}'`, order_by: ['version_number'], max_results: '2' };
  const first = (await get('model-versions/search', ask)).json;
  const token = first.next_page_token;
  const second = (await get('model-versions/search', { ...ask, page_token: token })).json;
  const found = [...first.model_versions, ...second.model_versions].map((one: Json) => one.version);
  expect(found).toEqual(['1', '2', '3']);
  expect(second).not.toHaveProperty('next_page_token');
  for (const [key, value] of [
    ['page_token', 'nonsense'],
    ['max_results', '0'],
    ['max_results', '200001'],
  ] as const) {
    expect(await get('model-versions/search', { ...ask, [key]: value })).toMatchObject(INVALID);
  }
  const other = { ...ask, order_by: ['version_number DESC'], page_token: token };
  expect(await get('model-versions/search', other)).toMatchObject(INVALID);
});

test('versions of prompts have no files, and are left out of a search unless it asks for them', async () => {
  const tag = 'mlflow.prompt.is_prompt';
  const tags = [{ key: tag, value: 'true' }];
  const prompt = `${name} prompt`;
  await register();
  await post('registered-models/create', { name: prompt, tags });
  const create = (source: string) => post('model-versions/create', { name: prompt, source, tags });
  expect((await create('dummy-source')).json.model_version.source).toBe('dummy-source');
  expect(await create('/etc/passwd')).toMatchObject(INVALID);
  const like = `name LIKE '${name}%'`;
  expect(await search({ filter: like })).toEqual([`${name}/1`]);
  expect(await search({ filter: `${like} AND tags.\`${tag}\` = 'false'` })).toEqual([`${name}/1`]);
  expect(await search({ filter: `${like} AND tags.\`${tag}\` = 'true'` })).toEqual([`${prompt}/1`]);
});

/** Times are of a millisecond. */
async function nextMillisecond(): Promise<void> {
  const now = Date.now();
  while (Date.now() === now) await new Promise((resolve) => setImmediate(resolve));
}
