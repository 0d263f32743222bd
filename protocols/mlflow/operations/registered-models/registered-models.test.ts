import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { memoryServer, type Answer, type Json, type MemoryServer } from '#tests/memory-server.ts';

// Registered models: names, tags, aliases, the latest of each stage, searches.

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
const model = async (of = name): Promise<Json> =>
  (await get('registered-models/get', { name: of })).json.registered_model;
const register = async (more: object = {}): Promise<Json> => {
  const body = { name, source: 's3://bucket/model', ...more };
  return (await post('model-versions/create', body)).json.model_version;
};
const search = async (query: Record<string, string | string[]> = {}): Promise<string[]> => {
  const { json } = await get('registered-models/search', query);
  return (json.registered_models ?? []).map((found: Json) => found.name);
};
const refusal = (status: number, error_code: string) => ({ status, json: { error_code } });
const INVALID = refusal(400, 'INVALID_PARAMETER_VALUE');
const MISSING = refusal(404, 'RESOURCE_DOES_NOT_EXIST');
const TAKEN = refusal(400, 'RESOURCE_ALREADY_EXISTS');

test('a registered model has a name, times, a description and tags', async () => {
  const tags = [
    { key: 'team', value: 'growth' },
    { key: 'team', value: 'risk' },
  ];
  const body = { name: 'all of it', description: 'what it is', tags };
  const made = (await post('registered-models/create', body)).json.registered_model;
  expect(made).toMatchObject({ name: 'all of it', description: 'what it is' });
  expect(made.tags).toEqual([{ key: 'team', value: 'risk' }]);
  expect(Number.isSafeInteger(made.creation_timestamp)).toBe(true);
  expect(made.last_updated_timestamp).toBe(made.creation_timestamp);
  expect(await model('all of it')).toEqual(made);
  expect(await model()).not.toHaveProperty('description');
});

test.each(['a/b:c', '模型 α', '100%', '...', 'x'.repeat(256)])('%j is a name', async (free) => {
  expect((await post('registered-models/create', { name: free })).status).toBe(200);
  expect((await model(free)).name).toBe(free);
});

test.each(['', '.', '..', ' ', 'x'.repeat(257)])('%j is no name', async (bad) => {
  expect(await post('registered-models/create', { name: bad })).toMatchObject(INVALID);
  expect(await post('registered-models/rename', { name, new_name: bad })).toMatchObject(INVALID);
});

test('a name is taken once, and a prompt says what has it', async () => {
  const again = await post('registered-models/create', { name });
  expect(again).toMatchObject(TAKEN);
  expect(again.json.message).toBe(`Registered Model (name=${name}) already exists.`);
  const tags = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }];
  const prompt = await post('registered-models/create', { name, tags });
  expect(prompt).toMatchObject(TAKEN);
  expect(prompt.json.message).toMatch('already taken by a registered model');
});

test('what is not there is 404 in every request that names it', async () => {
  const gone = { name: 'nobody' };
  expect(await get('registered-models/get', gone)).toMatchObject(MISSING);
  expect((await get('registered-models/get', gone)).json.message).toBe(
    'Registered Model with name=nobody not found',
  );
  expect(await get('registered-models/get-latest-versions', gone)).toMatchObject(MISSING);
  expect(await get('registered-models/alias', { ...gone, alias: 'a' })).toMatchObject(MISSING);
  for (const [method, path, more] of [
    ['PATCH', 'registered-models/update', { description: 'x' }],
    ['POST', 'registered-models/rename', { new_name: 'x' }],
    ['DELETE', 'registered-models/delete', {}],
    ['POST', 'registered-models/set-tag', { key: 'k', value: 'v' }],
    ['DELETE', 'registered-models/delete-tag', { key: 'k' }],
    ['POST', 'registered-models/alias', { alias: 'a', version: '1' }],
    ['DELETE', 'registered-models/alias', { alias: 'a' }],
    ['POST', 'model-versions/create', { source: 's3://bucket/model' }],
  ] as const) {
    expect([path, await call(method, path, { ...gone, ...more })]).toMatchObject([path, MISSING]);
  }
});

test('an update sets the description, none takes it away', async () => {
  const update = (description?: string) => call('PATCH', 'registered-models/update', { name, description });
  expect((await update('better')).json.registered_model.description).toBe('better');
  expect((await update()).json.registered_model).not.toHaveProperty('description');
});

test('renaming goes through to the versions, and frees the name', async () => {
  await register();
  const renamed = await post('registered-models/rename', { name, new_name: `${name} renamed` });
  expect(renamed.json.registered_model.name).toBe(`${name} renamed`);
  const query = { name: `${name} renamed`, version: '1' };
  expect((await get('model-versions/get', query)).json.model_version.name).toBe(`${name} renamed`);
  expect(await get('model-versions/get', { name, version: '1' })).toMatchObject(MISSING);
  expect((await post('registered-models/create', { name })).status).toBe(200);
  const back = await post('registered-models/rename', { name: `${name} renamed`, new_name: name });
  expect(back).toMatchObject(TAKEN);
  expect(back.json.message).toBe(`Registered Model (name=${name}) already exists.`);
});

test('deleting takes the versions along and frees the name', async () => {
  await register();
  expect((await call('DELETE', 'registered-models/delete', { name })).json).toEqual({});
  expect(await get('registered-models/get', { name })).toMatchObject(MISSING);
  expect(await get('model-versions/get', { name, version: '1' })).toMatchObject(MISSING);
  expect((await get('model-versions/search', { filter: `name = '${name}'` })).json).toEqual({});
  expect((await post('registered-models/create', { name })).status).toBe(200);
  expect((await register()).version).toBe('1');
});

test('a tag is set, set again and deleted; deleting what is not there is no mistake', async () => {
  for (const value of ['1', '2']) await post('registered-models/set-tag', { name, key: 'a b', value });
  expect((await model()).tags).toEqual([{ key: 'a b', value: '2' }]);
  for (const _ of ['there', 'not there']) {
    expect(await call('DELETE', 'registered-models/delete-tag', { name, key: 'a b' })).toMatchObject({
      status: 200,
      json: {},
    });
  }
  expect(await model()).not.toHaveProperty('tags');
});

test('a tag has a key of at most 250 characters and a value of at most 100,000', async () => {
  const set = (key: string, value: string) => post('registered-models/set-tag', { name, key, value });
  expect((await set('k'.repeat(250), 'v'.repeat(100_000))).status).toBe(200);
  for (const [key, value] of [
    ['k'.repeat(251), 'v'],
    ['k', 'v'.repeat(100_001)],
    ['', 'v'],
    ['a//b', 'v'],
  ] as const) {
    expect(await set(key, value)).toMatchObject(INVALID);
  }
});

test('an alias is set, moved and deleted; deleting what is not there is no mistake', async () => {
  await register();
  await register();
  const set = (version: string) => post('registered-models/alias', { name, alias: 'champion', version });
  expect((await set('1')).json).toEqual({});
  expect((await model()).aliases).toEqual([{ alias: 'champion', version: '1' }]);
  await set('2');
  const held = await get('registered-models/alias', { name, alias: 'champion' });
  expect(held.json.model_version).toMatchObject({ version: '2', aliases: ['champion'] });
  for (const _ of ['there', 'not there']) {
    const removed = await call('DELETE', 'registered-models/alias', { name, alias: 'champion' });
    expect(removed).toMatchObject({ status: 200, json: {} });
  }
  expect(await model()).not.toHaveProperty('aliases');
  expect(await set('3')).toMatchObject(MISSING);
});

test('an alias that is not there is a wrong parameter, not a missing resource', async () => {
  const answer = await get('registered-models/alias', { name, alias: 'nobody' });
  expect(answer).toMatchObject(INVALID);
  expect(answer.json.message).toBe('Registered model alias nobody not found.');
});

test('latest is the greatest number, and no alias that anybody sets', async () => {
  expect(await get('registered-models/alias', { name, alias: 'latest' })).toMatchObject(MISSING);
  await register();
  await register();
  await post('model-versions/transition-stage', { name, version: '2', stage: 'archived' });
  await register();
  await call('DELETE', 'model-versions/delete', { name, version: '3' });
  for (const alias of ['latest', 'LATEST']) {
    expect((await get('registered-models/alias', { name, alias })).json.model_version.version).toBe('2');
  }
});

test.each(['latest', 'Latest', 'v1', 'V22', 'a b', 'a/b', 'ä', 'x'.repeat(256)])(
  '%j is no alias',
  async (alias) => {
    await register();
    expect(await post('registered-models/alias', { name, alias, version: '1' })).toMatchObject(INVALID);
  },
);

test.each(['champion', 'v', 'v1a', 'a_b-c', '1', 'x'.repeat(255)])('%j is an alias', async (alias) => {
  await register();
  expect((await post('registered-models/alias', { name, alias, version: '1' })).status).toBe(200);
});

test('the latest versions are the newest of each stage', async () => {
  for (const stage of ['Production', 'Production', 'Staging', 'None']) {
    const { version } = await register();
    await post('model-versions/transition-stage', { name, version, stage });
  }
  await post('registered-models/alias', { name, alias: 'champion', version: '2' });
  const shown = (versions: Json): string[] =>
    versions.map((one: Json) => `${one.version} ${one.current_stage} ${(one.aliases ?? []).join()}`);
  const path = 'registered-models/get-latest-versions';
  const all = ['2 Production champion', '3 Staging ', '4 None '];
  expect(shown((await get(path, { name })).json.model_versions)).toEqual(all);
  expect(shown((await post(path, { name })).json.model_versions)).toEqual(all);
  const some = { name, stages: ['production', 'STAGING'] };
  expect(shown((await get(path, some)).json.model_versions)).toEqual(all.slice(0, 2));
  expect(shown((await post(path, some)).json.model_versions)).toEqual(all.slice(0, 2));
  expect((await get(path, { name, stages: ['Archived'] })).json).toEqual({});
  expect(await get(path, { name, stages: ['Nowhere'] })).toMatchObject(INVALID);
  // The model shows them without their aliases, which it lists itself.
  expect(shown((await model()).latest_versions)).toEqual(['2 Production ', '3 Staging ', '4 None ']);
});

test('a search is by name and tag, in order of name unless told', async () => {
  const base = `find ${count}`;
  for (const [letter, team] of [
    ['b', 'x'],
    ['a', 'y'],
    ['c', 'x'],
  ] as const) {
    // prettier-ignore
    await post('registered-models/create', {
      name: `${base} ${letter}`,
      tags: [{ key: 'team', value: team }],
    });
  }
  const named = (...letters: string[]) => letters.map((letter) => `${base} ${letter}`);
  const like = `name LIKE '${base}%'`;
  expect(await search({ filter: like })).toEqual(named('a', 'b', 'c'));
  expect(await search({ filter: like, order_by: ['name DESC'] })).toEqual(named('c', 'b', 'a'));
  expect(await search({ filter: `${like} AND tags.team = 'x'` })).toEqual(named('b', 'c'));
  expect(await search({ filter: `${like} AND tags.team != 'x'` })).toEqual(named('a'));
  expect(await search({ filter: `name ILIKE '${base.toUpperCase()} B'` })).toEqual(named('b'));
  expect(await search({ filter: `name = '${base} c'` })).toEqual(named('c'));
  await call('PATCH', 'registered-models/update', { name: `${base} b`, description: 'newer' });
  const byTime = await search({ filter: like, order_by: ['last_updated_timestamp DESC', 'name'] });
  expect(new Set(byTime)).toEqual(new Set(named('a', 'b', 'c')));
  for (const order of [['nothing'], ['name', 'name'], ['timestamp', 'last_updated_timestamp']]) {
    expect(await get('registered-models/search', { order_by: order })).toMatchObject(INVALID);
  }
  expect(await get('registered-models/search', { filter: 'name >' })).toMatchObject(INVALID);
  expect(await get('registered-models/search', { filter: "run_id = 'x'" })).toMatchObject(INVALID);
});

test('a search of models shows their latest versions and aliases', async () => {
  await register();
  await post('registered-models/alias', { name, alias: 'champion', version: '1' });
  const { json } = await get('registered-models/search', { filter: `name = '${name}'` });
  const [found] = json.registered_models;
  expect(found).toMatchObject({ aliases: [{ alias: 'champion', version: '1' }] });
  expect(found.latest_versions).toMatchObject([{ version: '1', current_stage: 'None' }]);
  expect(found.latest_versions[0]).not.toHaveProperty('aliases');
});

test('pages of models hold each once; a token is of its search, a page of 1 to 1000', async () => {
  for (const letter of ['a', 'b', 'c'])
    await post('registered-models/create', { name: `p${count} ${letter}` });
  const ask = { filter: `name LIKE 'p${count} %'`, max_results: '2' };
  const first = (await get('registered-models/search', ask)).json;
  const token = first.next_page_token;
  const second = (await get('registered-models/search', { ...ask, page_token: token })).json;
  const names = [...first.registered_models, ...second.registered_models].map((found: Json) => found.name);
  expect(names).toEqual([`p${count} a`, `p${count} b`, `p${count} c`]);
  expect(second).not.toHaveProperty('next_page_token');
  for (const [key, value] of [
    ['page_token', 'nonsense'],
    ['max_results', '0'],
    ['max_results', '1001'],
  ] as const) {
    expect(await get('registered-models/search', { ...ask, [key]: value })).toMatchObject(INVALID);
  }
  const other = { ...ask, filter: "name LIKE 'p%'", page_token: token };
  expect(await get('registered-models/search', other)).toMatchObject(INVALID);
});

test('prompts are left out of a search unless it asks for them', async () => {
  const tag = 'mlflow.prompt.is_prompt';
  const prompt = `${name} prompt`;
  await post('registered-models/create', { name: prompt, tags: [{ key: tag, value: 'true' }] });
  const like = `name LIKE '${name}%'`;
  expect(await search({ filter: like })).toEqual([name]);
  expect(await search({ filter: `${like} AND tags.\`${tag}\` != 'true'` })).toEqual([name]);
  expect(await search({ filter: `${like} AND tags.\`${tag}\` = 'false'` })).toEqual([name]);
  expect(await search({ filter: `${like} AND tags.\`${tag}\` = 'true'` })).toEqual([prompt]);
});

test('each workspace has its own registered models', async () => {
  const there = (path: string, body: object) => server.call('POST', `/w/vision/api/2.0/mlflow/${path}`, body);
  const found = async () =>
    (await server.call('GET', '/w/vision/api/2.0/mlflow/registered-models/search')).json;
  expect((await server.call('POST', '/api/workspaces', { id: 'vision' })).status).toBe(200);
  expect(await found()).toEqual({});
  expect((await there('registered-models/create', { name })).status).toBe(200);
  expect((await there('model-versions/create', { name, source: 's3://b/m' })).status).toBe(200);
  expect((await found()).registered_models).toMatchObject([{ name }]);
  expect(await model()).not.toHaveProperty('latest_versions');
});
