import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { memoryServer, type Answer, type Json, type MemoryServer } from '#tests/memory-server.ts';

let server: MemoryServer;
let folder: string;
beforeAll(async () => {
  server = await memoryServer({ flags: ['--file-limit-mib', '1'] });
});
afterAll(() => server.app.close());
beforeEach(async () => {
  const made = await server.call('POST', '/api/2.0/mlflow/runs/create', { experiment_id: '0' });
  folder = `0/${made.json.run.info.run_id}/artifacts`;
});

const MPU = '/api/2.0/mlflow-artifacts/mpu';

interface Begun {
  readonly id: string;
  readonly urls: readonly string[];
}

async function create(parts: number, more: object = {}): Promise<Begun> {
  const ask = { path: 'training/big.bin', num_parts: parts, ...more };
  const { status, json } = await server.call('POST', `${MPU}/create/${folder}/deep`, ask);
  expect(status).toBe(200);
  return { id: json.upload_id, urls: json.credentials.map((credential: Json) => credential.url) };
}

/** Sends a part as the client does: bytes to the URL, and no header of its own. */
async function put(url: string | undefined, payload: string | Buffer) {
  const { host, pathname } = new URL(url ?? '');
  const answer = await server.app.inject({ method: 'PUT', url: pathname, headers: { host }, payload });
  return { status: answer.statusCode, etag: answer.headers['etag'] ?? '', json: answer.json() };
}

function complete(id: string, etags: readonly string[], at = `${folder}/deep`): Promise<Answer> {
  const parts = etags.map((etag, index) => ({ part_number: index + 1, etag, url: null }));
  return server.call('POST', `${MPU}/complete/${at}`, { path: 'training/big.bin', upload_id: id, parts });
}

const abort = (id: string): Promise<Answer> =>
  server.call('POST', `${MPU}/abort/${folder}/deep`, { path: 'training/big.bin', upload_id: id });
const stored = (name = 'big.bin'): Promise<Answer> =>
  server.call('GET', `/api/2.0/mlflow-artifacts/artifacts/${folder}/deep/${name}`);

const UNKNOWN = { status: 404, json: { error_code: 'RESOURCE_DOES_NOT_EXIST' } };
const INVALID = { status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE' } };

test('a file is sent in parts, in any order, and is there when they are put together', async () => {
  const { id, urls } = await create(3);
  const sent = new Map<number, string>();
  for (const at of [2, 0, 1]) sent.set(at, (await put(urls[at], `part ${at}; `)).etag);
  expect((await stored()).status).toBe(404);
  const etags = [0, 1, 2].map((at) => sent.get(at) ?? '');
  expect(await complete(id, etags)).toMatchObject({ status: 200, json: {} });
  expect((await stored()).text).toBe('part 0; part 1; part 2; ');
});

test('each part has an absolute URL on the address that the client used, with an id that cannot be guessed', async () => {
  const ask = { path: 'big.bin', num_parts: 2 };
  const headers = { host: 'localhost:8443', 'content-type': 'application/json' };
  for (const api of ['/api/2.0', '/ajax-api/2.0']) {
    const url = `${api}/mlflow-artifacts/mpu/create/${folder}`;
    const { upload_id: id, credentials } = (
      await server.app.inject({ method: 'POST', url, headers, payload: JSON.stringify(ask) })
    ).json();
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(credentials).toEqual([
      { url: `http://localhost:8443${api}/mlflow-artifacts/mpu/parts/${id}/1`, part_number: 1, headers: {} },
      { url: `http://localhost:8443${api}/mlflow-artifacts/mpu/parts/${id}/2`, part_number: 2, headers: {} },
    ]);
    expect((await put(credentials[1].url, 'x')).status).toBe(200);
  }
});

test('the ETag of a part is its SHA-256', async () => {
  const { urls } = await create(1);
  const { etag, json } = await put(urls[0], 'hello');
  expect(etag).toBe(`"${createHash('sha256').update('hello').digest('hex')}"`);
  expect(json).toEqual({});
});

test('the file has the last name of the path on the client’s machine, whatever that runs', async () => {
  const { id, urls } = await create(1, { path: 'C:\\Users\\ana\\loss%step%1.bin' });
  const { etag } = await put(urls[0], 'x');
  const parts = [{ part_number: 1, etag }];
  const done = await server.call('POST', `${MPU}/complete/${folder}/deep`, {
    path: 'C:\\Users\\ana\\loss%step%1.bin',
    upload_id: id,
    parts,
  });
  expect(done.status).toBe(200);
  expect((await stored('loss%25step%251.bin')).text).toBe('x');
});

test('num_parts is one unless told, and none at all makes an empty file', async () => {
  expect((await create(1, { num_parts: null })).urls.length).toBe(1);
  const { id, urls } = await create(0);
  expect(urls).toEqual([]);
  expect((await complete(id, [])).status).toBe(200);
  expect(await stored()).toMatchObject({ status: 200, text: '' });
});

test.each([
  ['', '2.14.0'],
  ['/deep', '2.9.2'],
  ['/deep/in%20a%20folder', '2.13.2'],
  ['/deep', '1.30.0'],
])(
  'a file in parts that would belong to nothing is sent whole instead: create%s by %s',
  async (path, client) => {
    const headers = { host: 'localhost', 'user-agent': `mlflow-python-client/${client}` };
    const payload = { path: '/tmp/big.bin', num_parts: 2 };
    const answer = await server.app.inject({ method: 'POST', url: `${MPU}/create${path}`, headers, payload });
    expect([answer.statusCode, answer.json().error_code]).toEqual([501, 'NOT_IMPLEMENTED']);
    // The client's own test for it is that the message begins so.
    expect(answer.json().message).toMatch(
      /^Multipart upload is not supported for the current artifact repository/,
    );
  },
);

test('what is no endpoint for an old client is no endpoint', async () => {
  const headers = { host: 'localhost', 'user-agent': 'mlflow-python-client/2.9.2' };
  const url = '/api/2.0/mlflow/webhooks';
  const answer = await server.app.inject({ method: 'GET', url, headers });
  expect(answer.json()).toMatchObject({ error_code: 'ENDPOINT_NOT_FOUND' });
});

test.each(['mlflow-python-client/2.14.3', 'mlflow-python-client/3.17.2', 'curl/8', ''])(
  '%j may send files in parts',
  async (agent) => {
    const headers = { host: 'localhost', 'user-agent': agent };
    const payload = { path: '/tmp/big.bin', num_parts: 2 };
    const answer = await server.app.inject({
      method: 'POST',
      url: `${MPU}/create/${folder}`,
      headers,
      payload,
    });
    expect(answer.statusCode).toBe(200);
  },
);

test('more than 10 000 parts are refused, and so are fewer than none', async () => {
  const ask = (parts: number) =>
    server.call('POST', `${MPU}/create/${folder}`, { path: 'b', num_parts: parts });
  expect(await ask(10_001)).toMatchObject(INVALID);
  expect(await ask(-1)).toMatchObject(INVALID);
  expect((await ask(10_000)).json.credentials.length).toBe(10_000);
});

test('a part sent again replaces the first', async () => {
  const { id, urls } = await create(2);
  const first = await put(urls[0], 'old');
  const again = await put(urls[0], 'new');
  const second = await put(urls[1], '!');
  expect(await complete(id, [first.etag, second.etag])).toMatchObject(INVALID);
  expect((await complete(id, [again.etag, second.etag])).status).toBe(200);
  expect((await stored()).text).toBe('new!');
});

test('an upload is not completed without each of its parts, and can be afterwards', async () => {
  const { id, urls } = await create(2);
  const one = await put(urls[0], 'a');
  expect((await complete(id, [one.etag])).json.message).toMatch('part 2 of 2 was not received');
  const two = await put(urls[1], 'b');
  expect((await complete(id, [one.etag])).json.message).toMatch('part 2 of 2 is not named');
  expect((await complete(id, [two.etag, one.etag])).json.message).toMatch('another ETag');
  expect((await complete(id, [one.etag, two.etag, two.etag])).json.message).toMatch('there is no part 3');
  const twice = [1, 1].map((number) => ({ part_number: number, etag: one.etag }));
  const ask = { path: 'big.bin', upload_id: id, parts: twice };
  expect(await server.call('POST', `${MPU}/complete/${folder}/deep`, ask)).toMatchObject(INVALID);
  expect((await stored()).status).toBe(404);
  expect((await complete(id, [one.etag, two.etag])).status).toBe(200);
});

test('completing again, as a client does that lost the answer, is answered the same', async () => {
  const { id, urls } = await create(1);
  const { etag } = await put(urls[0], 'once');
  const answers = await Promise.all([complete(id, [etag]), complete(id, [etag])]);
  answers.push(await complete(id, [etag]));
  expect(answers.map((answer) => [answer.status, answer.json])).toEqual([1, 2, 3].map(() => [200, {}]));
  expect((await put(urls[0], 'twice')).status).toBe(400);
  expect((await stored()).text).toBe('once');
});

test('an aborted upload is forgotten: its id is unknown from then on', async () => {
  const { id, urls } = await create(1);
  const { etag } = await put(urls[0], 'x');
  expect(await abort(id)).toMatchObject({ status: 200, json: {} });
  expect(await put(urls[0], 'x')).toMatchObject(UNKNOWN);
  expect(await complete(id, [etag])).toMatchObject(UNKNOWN);
  expect(await abort(id)).toMatchObject(UNKNOWN);
  expect((await stored()).status).toBe(404);
});

test('aborting what was completed leaves the file', async () => {
  const { id, urls } = await create(1);
  const { etag } = await put(urls[0], 'kept');
  await complete(id, [etag]);
  expect((await abort(id)).status).toBe(200);
  expect((await stored()).text).toBe('kept');
});

test('an id, a part or a place that the upload does not have is not there', async () => {
  const { id, urls } = await create(1);
  const other = (number: string) => put(urls[0]?.replace(/1$/, number), 'x');
  expect(await other('2')).toMatchObject(UNKNOWN);
  expect(await other('0')).toMatchObject(UNKNOWN);
  expect(await other('one')).toMatchObject(INVALID);
  expect(await put(urls[0]?.replace(id, '0'.repeat(64)), 'x')).toMatchObject(UNKNOWN);
  const { etag } = await put(urls[0], 'x');
  expect(await complete(id, [etag], folder)).toMatchObject(UNKNOWN);
  expect(await complete('0'.repeat(64), [etag])).toMatchObject(UNKNOWN);
});

test('all parts together are no larger than a file may be', async () => {
  const { urls } = await create(2);
  const half = Buffer.alloc(512 * 1024);
  expect((await put(urls[0], half)).status).toBe(200);
  const beyond = await put(urls[1], Buffer.alloc(512 * 1024 + 1));
  expect(beyond).toMatchObject({ status: 413 });
  expect((await put(urls[1], half)).status).toBe(200);
});

test('a path that climbs is refused before anything is begun', async () => {
  for (const path of ['..', 'a/..', 'x/', '']) {
    const answer = await server.call('POST', `${MPU}/create/${folder}`, { path, num_parts: 1 });
    expect(answer).toMatchObject(INVALID);
  }
  const climbing = await server.call('POST', `${MPU}/create/${folder}/%252e%252e`, {
    path: 'x',
    num_parts: 1,
  });
  expect(climbing).toMatchObject(INVALID);
});

test('a deleted run takes no uploads', async () => {
  const run = folder.split('/')[1];
  await server.call('POST', '/api/2.0/mlflow/runs/delete', { run_id: run });
  const answer = await server.call('POST', `${MPU}/create/${folder}`, { path: 'x', num_parts: 1 });
  expect(answer.json.message).toMatch("must be in the 'active' state");
});
