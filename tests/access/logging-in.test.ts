import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureSetupToken } from '#core/tracking/sessions/ensure-setup-token.ts';
import { memoryServer, type MemoryServer } from '../memory-server.ts';

const NAME = 'ana';
const PASSWORD = 'correct horse battery';
const HOST = 'localhost:5100';
const ORIGIN = `http://${HOST}`;
const COOKIE = 'cairn_session';

let server: MemoryServer;
let key: string;
let session: string;

interface Sent {
  readonly method?: 'GET' | 'POST' | 'DELETE' | 'HEAD';
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly from?: string;
}

async function ask(url: string, { method = 'GET', headers = {}, body, from }: Sent = {}, to = server) {
  const response = await to.app.inject({
    method,
    url,
    headers: { host: HOST, ...headers },
    ...(body !== undefined && { payload: body as object }),
    ...(from !== undefined && { remoteAddress: from }),
  });
  return response;
}

async function setUp(flags: readonly string[] = []): Promise<MemoryServer> {
  const made = await memoryServer({ flags: ['--auth', 'team', ...flags] });
  const token = await ensureSetupToken(made.ports);
  const body = { token, name: NAME, password: PASSWORD };
  const done = await ask('/api/setup', { method: 'POST', body, headers: { origin: ORIGIN } }, made);
  expect(done.statusCode).toBe(200);
  return made;
}

const logIn = (to: MemoryServer, sent: Sent = {}, password = PASSWORD, name = NAME) =>
  ask('/api/session', { ...sent, method: 'POST', body: { name, password } }, to);

beforeAll(async () => {
  server = await setUp();
  const cookie = (await logIn(server)).cookies[0];
  session = `${COOKIE}=${cookie?.value}`;
  const made = await ask('/api/keys', {
    method: 'POST',
    headers: { cookie: session, origin: ORIGIN },
    body: { name: 'laptop', role: 'admin' },
  });
  key = made.json<{ secret: string }>().secret;
});
afterAll(() => server.app.close());

const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

test('one key is let in as Bearer, as Basic password under any name, and in a header', async () => {
  const ways: Record<string, string>[] = [
    { authorization: `Bearer ${key}` },
    { authorization: `bearer ${key}` },
    { authorization: basic('ana', key) },
    { authorization: basic('api', key) },
    { authorization: basic('', key) },
    { authorization: basic('名字', key) },
    { 'x-cairn-key': key },
    // A proxy's own password beside it changes nothing.
    { authorization: basic('proxy', 'open sesame'), 'x-cairn-key': key },
  ];
  for (const headers of ways) expect((await ask('/api/projects', { headers })).statusCode).toBe(200);
});

test.each([
  ['nothing', {}],
  ['an empty Bearer', { authorization: 'Bearer ' }],
  ['another scheme', { authorization: 'Digest username="ana"' }],
  ['a password', { authorization: basic(NAME, PASSWORD) }],
  ['a key that is none of ours', { authorization: `Bearer cairn-${'a'.repeat(43)}` }],
  ['half a key', { authorization: 'Bearer cairn-abc' }],
  ['a cookie that is no session', { cookie: `${COOKIE}=${'a'.repeat(43)}` }],
  ['a cookie of another name', { cookie: `__Host-cairn=${'a'.repeat(43)}` }],
])('with %s nobody is let in, in the words of each wire', async (_, headers) => {
  const native = await ask('/api/projects', { headers });
  expect([native.statusCode, native.json()]).toMatchObject([401, { error: { code: 'unauthenticated' } }]);
  const mlflow = await ask('/api/2.0/mlflow/experiments/get?experiment_id=0', { headers });
  expect([mlflow.statusCode, mlflow.json()]).toMatchObject([401, { error_code: 'UNAUTHENTICATED' }]);
  expect((await ask('/api/session', { headers })).statusCode).toBe(200);
});

test('a key in the address is none: addresses are logged everywhere', async () => {
  expect((await ask(`/api/projects?key=${key}&api_key=${key}&token=${key}`)).statusCode).toBe(401);
});

test('programs are asked for a Basic password, browsers never: theirs would open a dialog', async () => {
  const asked = async (headers: Record<string, string>) =>
    (await ask('/api/projects', { headers })).headers['www-authenticate'];
  for (const agent of ['curl/8.5', 'git/2.43', 'python-requests/2.32', '']) {
    expect(await asked({ 'user-agent': agent })).toBe('Basic realm="Cairn", charset="UTF-8"');
  }
  expect(await asked({ 'user-agent': 'Mozilla/5.0 (X11) Firefox/140' })).toBe('Bearer realm="Cairn"');
  expect(await asked({ 'user-agent': 'x', 'sec-fetch-mode': 'cors' })).toBe('Bearer realm="Cairn"');
});

test('the cookie is out of reach of scripts and of other sites, and ends with the session', async () => {
  const cookie = (await logIn(server)).cookies[0];
  expect(cookie).toMatchObject({ name: COOKIE, path: '/', httpOnly: true, sameSite: 'Lax' });
  expect(cookie).not.toHaveProperty('secure');
  expect(cookie).not.toHaveProperty('domain');
  const headers = { cookie: `${COOKIE}=${cookie?.value}`, origin: ORIGIN };
  expect((await ask('/api/projects', { headers })).statusCode).toBe(200);
  const ended = await ask('/api/session', { method: 'DELETE', headers });
  expect(ended.cookies[0]).toMatchObject({ name: COOKIE, value: '', path: '/' });
  expect((await ask('/api/projects', { headers })).statusCode).toBe(401);
});

test.each([
  ['no proof', {}, 403],
  ['another Origin', { origin: 'http://evil.example' }, 403],
  ['the Origin null', { origin: 'null' }, 403],
  ['another port', { origin: 'http://localhost:3000' }, 403],
  ['a same-site page', { 'sec-fetch-site': 'same-site' }, 403],
  ['a typed address', { 'sec-fetch-site': 'none' }, 403],
  ['its own Origin', { origin: ORIGIN }, 200],
  ['the word of the browser', { 'sec-fetch-site': 'same-origin' }, 200],
])('a change with a cookie and %s', async (_, headers, status) => {
  const changed = await ask('/api/projects', {
    method: 'POST',
    headers: { cookie: session, ...headers },
    body: { name: 'p', existing: 'use' },
  });
  expect(changed.statusCode).toBe(status);
  // MLflow's wire is no way around it.
  const twin = await ask('/ajax-api/2.0/mlflow/experiments/set-experiment-tag', {
    method: 'POST',
    headers: { cookie: session, ...headers },
    body: { experiment_id: '0', key: 'a', value: 'b' },
  });
  expect(twin.statusCode).toBe(status);
});

test('a page may be opened from anywhere: reading with a cookie needs no proof, but another site’s script is refused', async () => {
  const read = (headers: Record<string, string>) =>
    ask('/api/projects', { headers: { cookie: session, ...headers } });
  expect((await read({})).statusCode).toBe(200);
  expect((await read({ origin: 'http://evil.example' })).statusCode).toBe(403);
});

test('a key needs no proof: no site can make a browser send it', async () => {
  const headers = { authorization: `Bearer ${key}` };
  const made = await ask('/api/projects', {
    method: 'POST',
    headers,
    body: { name: 'q', existing: 'use' },
  });
  expect(made.statusCode).toBe(200);
});

test.each([
  ['localhost', 200],
  ['127.0.0.1:5100', 200],
  ['10.1.2.3:5100', 200],
  ['[2001:db8::1]:5100', 200],
  ['cairn.example.org', 200],
  ['cairn.lab', 200],
  ['evil.example', 403],
  ['10.1.2.3.evil.example', 403],
  ['cairn.example.org.evil.example', 403],
])('in team mode the Host %s answers %i', async (host, status) => {
  const flags = [
    '--auth',
    'team',
    '--public-url',
    'https://cairn.example.org',
    '--allowed-hosts',
    'cairn.lab',
  ];
  const named = await memoryServer({ flags });
  expect((await ask('/health', { headers: { host } }, named)).statusCode).toBe(status);
  await named.app.close();
});

test('the tenth wrong password of a name is the last for minutes, also if the eleventh is right', async () => {
  const strict = await setUp();
  const statuses: number[] = [];
  for (let tries = 0; tries < 10; tries += 1) {
    statuses.push((await logIn(strict, { from: '10.0.0.1' }, 'wrong')).statusCode);
  }
  expect(new Set(statuses)).toEqual(new Set([401]));
  const refused = await logIn(strict, { from: '10.0.0.1' });
  expect(refused.statusCode).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(200);
  expect(refused.json()).toMatchObject({ error: { code: 'rate_limited' } });
  // Its owner elsewhere is not locked out, and what he does forgets his own tries.
  for (let tries = 0; tries < 15; tries += 1) {
    expect((await logIn(strict, { from: '10.0.0.2' })).statusCode).toBe(200);
  }
  await strict.app.close();
});

test('one address cannot go through a list of names', async () => {
  const strict = await setUp();
  const statuses: number[] = [];
  for (let tries = 0; tries < 52; tries += 1) {
    statuses.push((await logIn(strict, { from: '10.0.0.1' }, 'wrong', `name-${tries}`)).statusCode);
  }
  expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  await strict.app.close();
});
