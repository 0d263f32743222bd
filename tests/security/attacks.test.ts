import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type RunningServer } from '../running-server.ts';
import type { Json } from '../memory-server.ts';
import { everyRoute } from './every-route.ts';
import { RawSender, type Sent } from './raw-sender.ts';

// Shapes of attack on systems like this one, against a server as it is started. README.md says which test stands for
// which shape; traversal has a file of its own.

let root: string;
let server: RunningServer;
let sender: RawSender;
let run: string;
const answers: Sent[] = [];
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'cairn-attacks-'));
  server = await startServer({ dataDir: join(root, 'data'), args: ['--log-level', 'trace'] });
  sender = new RawSender(server.origin);
  run = (await post('/api/2.0/mlflow/runs/create', { experiment_id: '0' })).json.run.info.run_id;
});
afterAll(async () => {
  sender.close();
  await server.stop();
  rmSync(root, { recursive: true });
});

async function send(method: string, path: string, headers: Record<string, string> = {}, body?: string) {
  const answer = await sender.send({ method, path, headers, ...(body !== undefined && { body }) });
  answers.push(answer);
  return answer;
}

async function post(path: string, body: unknown): Promise<Sent & { readonly json: Json }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await send('POST', path, { 'content-type': 'application/json' }, text);
  return { ...answer, json: JSON.parse(answer.text) };
}

const file = (name: string) => `/api/2.0/mlflow-artifacts/artifacts/0/${run}/artifacts/${name}`;

test('2 router and permission read one path: other spellings of a route are no route', async () => {
  const path = '/api/2.0/mlflow/experiments/search';
  for (const url of [
    `/${path}`,
    path.replace('mlflow', 'MLFLOW'),
    path.replaceAll('/', '//'),
    path.replace('/2.0', '/2.0/.'),
    path.replace('/2.0', '/3.0/../2.0'),
    path.replace('/mlflow/', '%2fmlflow%2f'),
    `${path}/`,
    `${path};a=b`,
    `${path}%00`,
    path.replace('2.0', '3.0'),
    path.replace('2.0', '%32.0%00'),
  ]) {
    const { status } = await send('GET', `${url}?max_results=1`);
    expect([url, status]).toEqual([url, expect.toBeOneOf([400, 404])]);
  }
});

test('2 a HEAD, and the same route under another prefix, need the permission of the route', async () => {
  const routes = await everyRoute();
  const twins = routes.filter(({ url }) => url.startsWith('/ajax-api/2.0/'));
  const known = new Set(routes.map(({ method, url }) => `${method} ${url}`));
  const alone = twins.filter(
    ({ method, url }) => !known.has(`${method} ${url.replace('/ajax-api/', '/api/')}`),
  );
  // What browsers alone ask for.
  expect(alone.map(({ url }) => url)).toEqual([
    '/ajax-api/2.0/mlflow/get-artifact',
    '/ajax-api/2.0/mlflow/model-versions/get-artifact',
    '/ajax-api/2.0/mlflow/logged-models/:model_id/artifacts/files',
  ]);
});

test('4 no tag of a client changes what is allowed', async () => {
  for (const key of ['mlflow.prompt.is_prompt', 'cairn.admin', 'mlflow.user', 'mlflow.artifactRepo']) {
    await post('/api/2.0/mlflow/runs/set-tag', { run_id: run, key, value: 'true' });
    expect((await send('PUT', file('..%2f..%2fx'), {}, 'x')).status).toBe(400);
  }
});

test('8 what a form of another page can send is refused on every route that reads a message', async () => {
  for (const { method, url, fields } of await everyRoute()) {
    if (method === 'GET' || method === 'PUT' || !fields.some(({ place }) => place === 'body')) continue;
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const path = url.replaceAll(/:\w+|\*/g, '0');
      const { status } = await send(method, path, { 'content-type': type }, '{"a":1}');
      expect([method, path, type, status]).toEqual([method, path, type, 400]);
    }
  }
});

test.each(['http://evil.example', 'null', 'http://localhost:1', 'http://127.0.0.1.evil.example'])(
  '9 no page of the origin %s is let in, and none is told it may',
  async (origin) => {
    for (const headers of [{ origin }, { origin, 'access-control-request-method': 'POST' }]) {
      const answer = await send(
        'access-control-request-method' in headers ? 'OPTIONS' : 'GET',
        '/api/projects',
        headers,
      );
      expect(answer.status).toBe(403);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  },
);

test.each([
  'a"; filename=evil.html',
  "a'b",
  'ü 模型.bin',
  'a%0d%0aset-cookie: x=1',
  'a;b=c',
  'a\\u202egnp.exe',
  '%22><script>',
  'a,b',
  'C:b',
])('13, 14 the file name %j breaks out of no header', async (name) => {
  const { status } = await send('PUT', file(encodeURIComponent(name)), {}, 'x');
  if (status !== 200) {
    expect(status).toBe(400);
    return;
  }
  const answer = await send('GET', file(encodeURIComponent(name)));
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(answer.headers['content-disposition']).toMatch(
    /^attachment; filename\*=UTF-8''[A-Za-z0-9%._~!'()*-]+$/,
  );
  expect(decodeURIComponent(String(answer.headers['content-disposition']).split("''")[1] ?? '')).toBe(name);
});

test('14 stored texts come back as JSON, never as a page', async () => {
  const bad = '<img src=x onerror=alert(1)>';
  await post('/api/2.0/mlflow/experiments/create', { name: bad });
  await post('/api/2.0/mlflow/runs/set-tag', { run_id: run, key: 'note', value: bad });
  for (const url of ['/api/projects', `/api/runs/${run}`, `/api/2.0/mlflow/runs/get?run_id=${run}`]) {
    const answer = await send('GET', url);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining('application/json'),
      'x-content-type-options': 'nosniff',
    });
  }
});

test.each([
  "' OR 1=1 --",
  "'; DROP TABLE run; --",
  "metrics.`a'b` > 1; DELETE FROM run",
  "tags.a = 'x' UNION SELECT * FROM run",
  "params.`a\"; DROP TABLE run` = 'x'",
  "attributes.run_id = '\\' OR 1=1'",
  "tags.k LIKE '%' ESCAPE '\\'",
  'metrics.a > 1e999',
  'tags.a IN ()',
])('19 the filter %j injects nothing', async (filter) => {
  for (const answer of [
    await post('/api/runs/search', { projects: ['0'], filter }),
    await post('/api/2.0/mlflow/runs/search', { experiment_ids: ['0'], filter }),
  ]) {
    expect([200, 400]).toContain(answer.status);
  }
  expect((await post('/api/2.0/mlflow/runs/search', { experiment_ids: ['0'] })).json.runs).toHaveLength(1);
});

test('20 patterns that take a backtracking matcher for ever are answered at once', async () => {
  await post('/api/2.0/mlflow/runs/set-tag', { run_id: run, key: 'slow', value: 'a'.repeat(5000) });
  const patterns = ['(a+)+$', '(a|a)*b', '(.*)*x', '((a*)*)*$', '(a|aa)+$', '([a-z]+)*\\d'];
  for (const pattern of patterns) {
    const answer = await post('/api/runs/search', {
      projects: ['0'],
      filter: `tags.slow RLIKE '${pattern}'`,
    });
    expect([pattern, answer.status]).toEqual([pattern, expect.toBeOneOf([200, 400])]);
  }
  for (const like of ['%a'.repeat(500), '%'.repeat(5000), '_%'.repeat(500)]) {
    for (const word of ['LIKE', 'ILIKE']) {
      const answer = await post('/api/2.0/mlflow/runs/search', {
        experiment_ids: ['0'],
        filter: `tags.slow ${word} '${like}b'`,
      });
      expect(answer.status).toBe(200);
    }
  }
});

test.each([
  '__proto__',
  'constructor',
  'prototype',
  '__proto__.polluted',
  'constructor.prototype.polluted',
  'toString',
  'hasOwnProperty',
  '__defineGetter__',
])('22 a metric, param or tag called %s is one more name', async (name) => {
  const sent = `{"run_id":"${run}","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"metrics":[{"key":"${name}","value":1,"timestamp":1,"step":1}],"params":[{"key":"${name}","value":"p"}],"tags":[{"key":"${name}","value":"t"}]}`;
  expect((await post('/api/2.0/mlflow/runs/log-batch', sent)).status).toBe(200);
  const { json } = await (async () => ({
    json: JSON.parse((await send('GET', `/api/2.0/mlflow/runs/get?run_id=${run}`)).text),
  }))();
  for (const [kind, value] of [
    ['metrics', 1],
    ['params', 'p'],
    ['tags', 't'],
  ] as const) {
    expect(json.run.data[kind]).toContainEqual(expect.objectContaining({ key: name, value }));
  }
  const native = JSON.parse((await send('GET', `/api/runs/${run}`)).text);
  expect(native.polluted).toBeUndefined();
  expect(
    (await post('/api/runs/search', { projects: ['0'], filter: `tags.\`${name}\` = 't'` })).json.total,
  ).toBe(1);
});

test('27 nothing secret and no stack stands in an answer or in the log', async () => {
  const secret = `cairn-${'q8Zr3mX1'.repeat(5)}`;
  const basic = Buffer.from(`someone:${secret}`).toString('base64');
  for (const authorization of [`Bearer ${secret}`, `Basic ${basic}`]) {
    await send('GET', '/api/projects', { authorization, cookie: `session=${secret}` });
    await send(
      'POST',
      '/api/2.0/mlflow/runs/create',
      { authorization, 'content-type': 'application/json' },
      '{',
    );
  }
  for (const { text } of answers) {
    expect(text).not.toMatch(/\n\s+at |node_modules|node:internal/);
    expect(text).not.toContain(root);
  }
  expect(server.stderr).not.toContain(secret);
  expect(server.stderr).not.toContain(basic);
});

test.each([
  'application/json\ta',
  'application/json, text/html',
  ' application/json',
  'application/json;',
  'application/x+json',
  'a'.repeat(5000),
  'application/JSON; charset="utf-8',
  'text/json',
])('28 the Content-Type %j lets no message past its checks', async (type) => {
  const wrong = JSON.stringify({
    run_id: run,
    metrics: [{ key: 'm', value: 'no number', timestamp: 1, step: 1 }],
  });
  for (const path of ['/api/2.0/mlflow/runs/log-batch', `/api/runs/${run}/log`]) {
    expect((await send('POST', path, { 'content-type': type }, wrong)).status).toBeLessThan(500);
  }
  const { json } = await post(`/api/runs/search`, { projects: ['0'], filter: 'metrics.m IS NOT NULL' });
  expect(json.total).toBe(0);
});

test('29 addresses that a client claims by X-Forwarded-* are not believed', async () => {
  const headers = {
    'content-type': 'application/json',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '1.2.3.4',
    forwarded: 'host=evil.example',
  };
  const body = JSON.stringify({ path: 'a.bin', num_parts: 1 });
  const answer = await send('POST', '/api/2.0/mlflow-artifacts/mpu/create/loose', headers, body);
  expect(answer.status).toBe(200);
  expect(answer.text).not.toContain('evil.example');
  expect(
    (await send('GET', '/version', { host: 'evil.example', 'x-forwarded-host': 'localhost' })).status,
  ).toBe(403);
});

test('requests that two readers would cut in two places are refused', async () => {
  const heads = [
    'POST /api/projects HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'POST /api/projects HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
    'GET /version HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n',
    'GET /version HTTP/1.1\r\nHost: localhost\r\nX: a\nY: b\r\n\r\n',
    'GET /version HTTP/1.1\r\n\r\n',
    'GET http://evil.example/version HTTP/1.1\r\nHost: evil.example\r\n\r\n',
  ];
  for (const head of heads)
    expect([head, await rawly(head)]).toEqual([head, expect.stringMatching(/^HTTP\/1\.1 40[03]/)]);
});

test('2022-0736, 2025-10279 what is stored is for its owner alone, and unfinished files have random names', async () => {
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
  socket.write(
    `PUT ${file('slow')} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n${'x'.repeat(50_000)}`,
  );
  const unfinished = join(root, 'data', 'tmp');
  await expect.poll(() => readdirSync(unfinished).length).toBe(1);
  const [name = ''] = readdirSync(unfinished);
  expect(name).toMatch(/^[0-9a-f-]{36}$/);
  expect(statSync(join(unfinished, name)).mode & 0o777).toBe(0o600);
  expect(statSync(join(root, 'data')).mode & 0o777).toBe(0o700);
  socket.destroy();
});

/** Bytes as they are, on a connection of their own; the first line of the answer. */
async function rawly(text: string): Promise<string> {
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
  socket.setTimeout(10_000, () => socket.destroy());
  socket.end(text);
  let answer = '';
  for await (const part of socket.setEncoding('utf8')) answer += part as string;
  return answer;
}
