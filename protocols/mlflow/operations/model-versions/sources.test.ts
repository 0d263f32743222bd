import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { memoryServer, type Answer, type Json, type MemoryServer } from '#tests/memory-server.ts';

// Where a version may come from, where its files are then, and that no source reads what it should not.

let server: MemoryServer;
let name: string;
let run: string;
let saved: string;
let count = 0;
beforeAll(async () => {
  server = await memoryServer();
});
afterAll(() => server.app.close());
beforeEach(async () => {
  name = `model ${(count += 1)}`;
  await post('registered-models/create', { name });
  run = (await post('runs/create', { experiment_id: '0' })).json.run.info.run_id;
  const made = { experiment_id: '0', name: 'saved', source_run_id: run };
  saved = (await post('logged-models', made)).json.model.info.model_id;
  await putFile(`0/${run}/artifacts/model/MLmodel`, 'of the run');
  await putFile(`0/models/${saved}/artifacts/MLmodel`, 'of the model');
});

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
const call = (method: Method, path: string, body?: unknown): Promise<Answer> =>
  server.call(method, `/api/2.0/mlflow/${path}`, body);
const post = (path: string, body: unknown): Promise<Answer> => call('POST', path, body);
const putFile = async (path: string, payload: string): Promise<void> => {
  const url = `/api/2.0/mlflow-artifacts/artifacts/${path}`;
  const put = { method: 'PUT', url, headers: { host: 'localhost' }, payload } as const;
  expect((await server.app.inject(put)).statusCode).toBe(200);
};
const create = (body: object): Promise<Answer> => post('model-versions/create', { name, ...body });
const register = async (body: object): Promise<Json> => {
  const { json, status } = await create(body);
  expect([status, json]).toMatchObject([200, {}]);
  return json.model_version;
};
const ofVersion = (version: string, more = '') =>
  `name=${encodeURIComponent(name)}&version=${version}${more}`;
const downloadUri = async (version: string): Promise<string> =>
  (await call('GET', `model-versions/get-download-uri?${ofVersion(version)}`)).json.artifact_uri;
const download = (version: string, path: string): Promise<Answer> =>
  server.call('GET', `/model-versions/get-artifact?${ofVersion(version, `&path=${path}`)}`);
const INVALID = { status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE' } };
const MISSING = { status: 404, json: { error_code: 'RESOURCE_DOES_NOT_EXIST' } };

test('a version of a logged model has its files and its run, and the model a tag that says so', async () => {
  const source = `models:/${saved}`;
  expect(await register({ source, model_id: saved })).toMatchObject({ source, run_id: run, version: '1' });
  expect(await downloadUri('1')).toBe(`mlflow-artifacts:/0/models/${saved}/artifacts`);
  await register({ source });
  const { tags } = (await call('GET', `logged-models/${saved}`)).json.model.info;
  const tag = tags.find(({ key }: Json) => key === 'mlflow.modelVersions');
  expect(JSON.parse(tag.value)).toEqual([
    { name, version: 1 },
    { name, version: 2 },
  ]);
});

test('a version of a run has the files at its source', async () => {
  const source = `mlflow-artifacts:/0/${run}/artifacts/model`;
  expect(await register({ source, run_id: run })).toMatchObject({ source, run_id: run });
  expect(await downloadUri('1')).toBe(source);
  // A client that does not say the run means the one whose files they are.
  expect(await register({ source })).toMatchObject({ run_id: run });
});

test('runs:/ names files of its run, or the model that the run saved under that name', async () => {
  expect(await register({ source: `runs:/${run}/model` })).toMatchObject({ run_id: run });
  expect(await downloadUri('1')).toBe(`mlflow-artifacts:/0/${run}/artifacts/model`);
  expect(await register({ source: `runs:/${run}/saved`, run_id: run })).toMatchObject({ run_id: run });
  expect(await downloadUri('2')).toBe(`mlflow-artifacts:/0/models/${saved}/artifacts`);
});

test('a copy has the files and the run of the version that it is made from', async () => {
  await register({ source: `models:/${saved}`, model_id: saved });
  await post('registered-models/alias', { name, alias: 'champion', version: '1' });
  for (const source of [`models:/${name}/1`, `models:/${name}@champion`, `models:/${name}/None`]) {
    const copy = await register({ source, run_id: run });
    expect(copy).toMatchObject({ source: expect.stringMatching(/^models:\/model \d+\/\d+$/), run_id: run });
    expect(await downloadUri(copy.version)).toBe(`mlflow-artifacts:/0/models/${saved}/artifacts`);
  }
  const other = (await post('runs/create', { experiment_id: '0' })).json.run.info.run_id;
  expect(await create({ source: `models:/${name}/1`, run_id: other })).toMatchObject(INVALID);
  expect(await create({ source: `models:/${name}/99` })).toMatchObject(MISSING);
  expect(await create({ source: 'models:/nobody/1' })).toMatchObject(MISSING);
});

test('files elsewhere are named and never opened', async () => {
  for (const source of ['s3://bucket/a%20b/model', 'https://example.org/model', 'dbfs:/model', 'hdfs:/m']) {
    const { version } = await register({ source, run_id: run });
    expect(await downloadUri(version)).toBe(source);
    expect(await download(version, 'MLmodel')).toMatchObject(MISSING);
  }
});

test.each([
  '/etc/passwd',
  'file:///etc/passwd',
  'file:/etc/passwd',
  'etc/passwd',
  '//proc/self/root',
  'C:\\Windows',
  './model',
])('the local path %s is refused, with a run and without', async (source) => {
  for (const more of [{}, { run_id: run }, { model_id: saved }]) {
    const answer = await create({ source, ...more });
    expect(answer).toMatchObject(INVALID);
    expect(answer.json.message).toMatch('Invalid model version source');
  }
});

test.each([
  's3://bucket/../etc',
  's3://bucket/%2e%2e/etc',
  's3://bucket/%252e%252e/etc',
  's3://bucket/..%5cetc',
  's3://bucket/model%00',
  's3://bucket/model?a=/../etc',
  's3://bucket/./model',
  'mlflow-artifacts:/../etc',
  'mlflow-artifacts://example.org/0/model',
  'http://localhost/api/2.0/mlflow-artifacts/artifacts/0/model',
  'models:/../1',
])('%s is no source', async (source) => {
  for (const more of [{}, { run_id: run }]) {
    expect(await create({ source, ...more })).toMatchObject(INVALID);
  }
});

test('a source is of the run or the model that is named beside it', async () => {
  const other = (await post('runs/create', { experiment_id: '0' })).json.run.info.run_id;
  for (const body of [
    { source: `runs:/${run}/model`, run_id: other },
    { source: `mlflow-artifacts:/0/${run}/artifacts/model`, run_id: other },
    { source: `mlflow-artifacts:/0/${run}/artifacts/model`, model_id: saved },
    { source: `models:/${saved}`, model_id: `m-${'0'.repeat(32)}` },
    { source: 'mlflow-artifacts:/nobody/has/this', run_id: run },
    { source: 'mlflow-artifacts:/nobody/has/this' },
  ]) {
    const answer = await create(body);
    expect([body, answer]).toMatchObject([body, INVALID]);
    expect(answer.json.message).toMatch('must identify the resource that contains the source');
  }
});

test('a run or a logged model that is not there is 404', async () => {
  expect(await create({ source: 's3://b/m', run_id: '0'.repeat(32) })).toMatchObject(MISSING);
  expect(await create({ source: 's3://b/m', run_id: 'x' })).toMatchObject(MISSING);
  expect(await create({ source: 's3://b/m', model_id: `m-${'0'.repeat(32)}` })).toMatchObject(MISSING);
  expect(await create({ source: `models:/m-${'0'.repeat(32)}` })).toMatchObject(MISSING);
});

test('files of a version are as they were registered, whatever was written since', async () => {
  await register({ source: `mlflow-artifacts:/0/${run}/artifacts/model` });
  await putFile(`0/${run}/artifacts/model/MLmodel`, 'changed since');
  await putFile(`0/${run}/artifacts/model/new`, 'new');
  const { headers, text } = await download('1', 'MLmodel');
  expect(text).toBe('of the run');
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
  expect(String(headers['content-disposition'])).toMatch('attachment');
  const page = `/ajax-api/2.0/mlflow/model-versions/get-artifact?${ofVersion('1', '&path=MLmodel')}`;
  expect((await server.call('GET', page)).text).toBe('of the run');
  expect(await download('1', 'new')).toMatchObject(MISSING);
});

test.each(['..%2fMLmodel', '%252e%252e/x', '/etc/passwd', 'a%00', '..%5cx', ''])(
  'no file of a version is at %s',
  async (path) => {
    await register({ source: `models:/${saved}` });
    expect(await download('1', path)).toMatchObject(INVALID);
  },
);
