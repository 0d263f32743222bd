import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROC_ROOT } from '../security/proc-root.ts';
import { startServer, type RunningServer } from '../running-server.ts';
import { rawRequest, type RawBody } from './raw-request.ts';

// Files on the MLflow wire, byte by byte and with paths that `fetch` would repair before they are sent.

const PROXY = '/api/2.0/mlflow-artifacts';
const BYTES = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

/** Ways out of a folder that were CVEs of tracking servers, after `<proxy>/artifacts/<run's folder>/`. */
const ESCAPES = [
  '../secret.txt',
  'a/../../secret.txt',
  '%2e%2e/secret.txt',
  '%2e%2e%2fsecret.txt',
  '..%2f..%2fetc%2fpasswd',
  '%252e%252e%252fsecret.txt',
  '%25252e%25252e/secret.txt',
  '..%5csecret.txt',
  '..%255csecret.txt',
  'a%5c..%5c..%5csecret.txt',
  '%00secret.txt',
  'a%00.txt',
  'a/./../../secret.txt',
];

/** The same, where a path is a value of the query. */
const ABSOLUTE = ['/etc/passwd', `//${PROC_ROOT}/etc/passwd`, 'C:\\Windows\\win.ini', 'C:/Windows/win.ini'];

let server: RunningServer;
let run = '';
let folder = '';
beforeAll(async () => {
  server = await startServer({ args: ['--log-level', 'warn'] });
  const made = await ask('POST', '/api/2.0/mlflow/runs/create', { body: { experiment_id: '0' } });
  run = made.json.run.info.run_id;
  folder = `${PROXY}/artifacts/0/${run}/artifacts`;
});
afterAll(async () => {
  await server.stop();
});

const ask = (method: string, path: string, body?: RawBody) => rawRequest(server.origin, method, path, body);
const put = (path: string, body: Buffer | string, type = 'application/octet-stream') =>
  ask('PUT', `${folder}/${path}`, { body, type });

describe('a file', () => {
  test.each([
    ['weights.bin', BYTES],
    ['empty.txt', Buffer.alloc(0)],
    ['%E6%A8%A1%E5%9E%8B%20%C3%A9.bin', BYTES],
    ['plus+and%20space.txt', Buffer.from('x')],
    ['100%25.txt', Buffer.from('x')],
    ['a%2500%252fname.txt', Buffer.from('x')],
    ['images/sample%step%0%timestamp%17%a1b2.png', BYTES],
    ['semi;colon,comma=equals@at~tilde.txt', Buffer.from('x')],
  ])('put as %s comes back byte for byte', async (path, bytes) => {
    expect(await put(path, bytes)).toMatchObject({ status: 200, json: {} });
    const answer = await ask('GET', `${folder}/${path}`);
    expect(answer.status).toBe(200);
    expect(answer.bytes.equals(bytes)).toBe(true);
  });

  test('of any type that a client calls its own is taken as bytes', async () => {
    for (const type of ['application/json', 'text/html', 'multipart/form-data; boundary=x', 'image/png']) {
      expect((await put('typed', '{"not": json', type)).status).toBe(200);
      expect((await ask('GET', `${folder}/typed`)).text).toBe('{"not": json');
    }
  });

  test.each([
    ['page.html', 'text/plain'],
    ['script.js', 'text/plain'],
    ['table.json', 'text/plain'],
    ['MLmodel', 'text/plain'],
    ['plot.png', 'image/png'],
    ['data.unheard-of', 'application/octet-stream'],
  ])('%s is handed out as %s, to be saved and not sniffed', async (name, type) => {
    await put(name, '<script>alert(1)</script>');
    const paths = [`${folder}/${name}`, `/get-artifact?run_id=${run}&path=${name}`];
    for (const path of [...paths, `/get-artifact?run_uuid=${run}&path=${name}`]) {
      const { status, headers } = await ask('GET', path);
      expect([path, status]).toEqual([path, 200]);
      expect(headers['content-type']).toMatch(new RegExp(`^${type}`));
      expect(headers['content-disposition']).toMatch(/^attachment/);
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });

  test('in the list of a run has its path from the root, in the list of the proxy its base name', async () => {
    await put('deep/er/file.txt', 'abc');
    const ofRun = await ask('GET', `/api/2.0/mlflow/artifacts/list?run_id=${run}&path=deep/er`);
    expect(ofRun.json).toEqual({
      root_uri: `mlflow-artifacts:/0/${run}/artifacts`,
      files: [{ path: 'deep/er/file.txt', is_dir: false, file_size: 3 }],
    });
    const at = encodeURIComponent(`0/${run}/artifacts/deep`);
    expect((await ask('GET', `${PROXY}/artifacts?path=${at}`)).json).toEqual({
      files: [{ path: 'er', is_dir: true }],
    });
  });

  test('that is not there is 404 that nobody retries, and a folder that is not there is empty', async () => {
    for (const path of [`${folder}/never.bin`, `/get-artifact?run_id=${run}&path=never.bin`]) {
      const { status, json } = await ask('GET', path);
      expect([path, status, json.error_code]).toEqual([path, 404, 'RESOURCE_DOES_NOT_EXIST']);
    }
    const at = encodeURIComponent(`0/${run}/artifacts/never`);
    expect((await ask('GET', `${PROXY}/artifacts?path=${at}`)).json).toEqual({});
  });

  test('deleted is gone, and so is what lies below a deleted folder', async () => {
    await put('gone.txt', 'x');
    await put('folder/a/b.txt', 'x');
    for (const path of ['gone.txt', 'folder']) {
      expect(await ask('DELETE', `${folder}/${path}`)).toMatchObject({ status: 200, json: {} });
    }
    expect((await ask('GET', `${folder}/gone.txt`)).status).toBe(404);
    expect((await ask('GET', `${folder}/folder/a/b.txt`)).status).toBe(404);
  });
});

test('a file sent in parts comes back byte for byte, and no part without its upload', async () => {
  const deep = `${PROXY}/mpu/VERB/0/${run}/artifacts/deep`;
  const begin = { body: { path: '/tmp/parts %.bin', num_parts: 2 } };
  const begun = (await ask('POST', deep.replace('VERB', 'create'), begin)).json;
  const parts: object[] = [];
  for (const { url, part_number } of begun.credentials) {
    expect(new URL(url).origin).toBe(server.origin);
    const answer = await ask('PUT', new URL(url).pathname, { body: BYTES, type: 'image/png' });
    expect(answer.status).toBe(200);
    parts.push({ part_number, etag: answer.headers['etag'] });
  }
  const { upload_id } = begun;
  const complete = { body: { path: '/tmp/parts %.bin', upload_id, parts } };
  expect(await ask('POST', deep.replace('VERB', 'complete'), complete)).toMatchObject({
    status: 200,
    json: {},
  });
  const back = await ask('GET', `${folder}/deep/parts%20%25.bin`);
  expect(back.bytes.equals(Buffer.concat([BYTES, BYTES]))).toBe(true);
  for (const verb of ['complete', 'abort']) {
    const unknown = { body: { path: 'b', upload_id: '0'.repeat(64), parts } };
    const { status, json } = await ask('POST', deep.replace('VERB', verb), unknown);
    expect([status, json.error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
  }
});

describe('a path that leads out', () => {
  test.each(ESCAPES)('by %s is 400 for every verb', async (path) => {
    for (const method of ['PUT', 'GET', 'DELETE']) {
      const body = method === 'PUT' ? { body: 'stolen' } : {};
      const { status, json } = await ask(method, `${folder}/${path}`, body);
      expect([method, status, json?.error_code]).toEqual([method, 400, 'INVALID_PARAMETER_VALUE']);
    }
  });

  test.each([...ESCAPES, ...ABSOLUTE.map(encodeURIComponent)])(
    'by ?path=%s is 400 to whoever asks',
    async (path) => {
      for (const url of [
        `/get-artifact?run_id=${run}&path=${path}`,
        `/api/2.0/mlflow/artifacts/list?run_id=${run}&path=${path}`,
        `${PROXY}/artifacts?path=${path}`,
      ]) {
        const { status, json } = await ask('GET', url);
        expect([url, status, json?.error_code]).toEqual([url, 400, 'INVALID_PARAMETER_VALUE']);
      }
    },
  );

  test('has left nothing in the data directory that a client named', () => {
    const names = readdirSync(server.dataDir, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => /secret|passwd|weights|never/.test(name))).toEqual([]);
  });
});
