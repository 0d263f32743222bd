import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryServer, type MemoryServer } from '#tests/memory-server.ts';

let server: MemoryServer;
let port: number;
beforeAll(async () => {
  server = await memoryServer({ flags: ['--allowed-hosts', 'Cairn.Lab,gpu-1'] });
  port = Number(new URL(await server.listen()).port);
});
afterAll(() => server.app.close());

const GUARDED = ['/api/server', '/version', '/metrics', '/ready', '/no/such/page'];

async function status(headers: Record<string, string>, url = '/version'): Promise<number> {
  return (await server.app.inject({ method: 'GET', url, headers })).statusCode;
}

test.each([
  'localhost',
  'LOCALHOST:5100',
  '127.0.0.1',
  '127.0.0.1:1',
  '127.0.0.1:65535',
  '[::1]',
  '[::1]:5100',
  'cairn.lab',
  'cairn.lab:443',
  'gpu-1:8080',
])('the Host %s is served', async (host) => {
  expect(await status({ host })).toBe(200);
});

test.each([
  'evil.example',
  'localhost.evil.example',
  'evil.example:5100',
  '127.0.0.1.nip.io',
  '10.0.0.1:5100',
  'localhost.',
  'user@localhost',
  'localhost:5100:80',
  '0.0.0.0',
  '127.0.0.2',
  '[::2]',
  '::1',
  ' ',
])('the Host %j is refused everywhere', async (host) => {
  for (const url of GUARDED) expect(await status({ host }, url)).toBe(403);
});

test.each([
  ['localhost:5100', 'http://localhost:5100'],
  ['127.0.0.1:9', 'http://127.0.0.1:9'],
  ['[::1]:5100', 'http://[::1]:5100'],
  ['cairn.lab', 'https://cairn.lab'],
  ['cairn.lab:443', 'https://cairn.lab'],
  ['localhost:80', 'http://localhost'],
])('on %s the Origin %s is its own', async (host, origin) => {
  expect(await status({ host, origin })).toBe(200);
});

test.each([
  ['localhost:5100', 'http://evil.example'],
  ['localhost:5100', 'http://localhost:3000'],
  ['localhost:5100', 'http://127.0.0.1:5100'],
  ['localhost:5100', 'null'],
  ['localhost:5100', ''],
  ['localhost:5100', 'http://localhost:5100.evil.example'],
  ['cairn.lab', 'http://localhost'],
])('on %s the Origin %j is another site', async (host, origin) => {
  for (const url of GUARDED) expect(await status({ host, origin }, url)).toBe(403);
});

test('a refusal tells nothing of the store', async () => {
  const answer = await server.app.inject({ url: '/api/projects', headers: { host: 'evil.example' } });
  expect(answer.json()).toMatchObject({ error: { code: 'forbidden' } });
  expect(answer.body).not.toContain('Default');
});

test.each([
  ['its own', (host: string) => ({ Host: host, Origin: `http://${host}` }), 101],
  ['no', (host: string) => ({ Host: host }), 101],
  ['a foreign', (host: string) => ({ Host: host, Origin: 'http://evil.example' }), 403],
  ['a rebound Host and Origin', () => ({ Host: 'evil.example', Origin: 'http://evil.example' }), 403],
])('a WebSocket upgrade with %s Origin', async (_, headersFor, expected) => {
  expect(await upgrade(headersFor(`127.0.0.1:${port}`))).toBe(expected);
});

/** The status of the answer to an upgrade of /api/live. */
function upgrade(headers: Record<string, string | undefined>): Promise<number> {
  const lines = Object.entries({
    ...headers,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  }).map(([name, value]) => `${name}: ${value}`);
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET /api/live HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`),
    );
    socket.on('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(data.toString('latin1'))?.[1]));
    });
  });
}
