import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryServer, type MemoryServer } from '../../tests/memory-server.ts';

// A file may come in chunks, and the first of them before anybody reads: none may be lost on the way to the store.

const PARTS = [Buffer.alloc(30_000, 'a'), Buffer.alloc(40_000, 'b'), Buffer.alloc(30_000, 'c')];

let server: MemoryServer;
let origin = '';
let run = '';
beforeAll(async () => {
  server = await memoryServer();
  origin = await server.listen();
  run = (await server.call('POST', '/api/runs', { project: '0' })).json.id;
});
afterAll(() => server.app.close());

test.each([
  ['natively', () => `/api/runs/${run}/file?path=sent`, () => `/api/runs/${run}/file?path=sent`],
  [
    'as an MLflow artifact',
    () => `/api/2.0/mlflow-artifacts/artifacts/0/${run}/artifacts/proxied`,
    () => `/api/runs/${run}/file?path=proxied`,
  ],
])('a file in chunks arrives whole, %s', async (_, to, from) => {
  expect(await putInChunks(to())).toBe(200);
  const bytes = Buffer.from(await (await fetch(`${origin}${from()}`)).arrayBuffer());
  expect(bytes.equals(Buffer.concat(PARTS))).toBe(true);
});

/** The answer's status. The first part goes out with the head, the others later. */
async function putInChunks(path: string): Promise<number> {
  const { hostname, port } = new URL(origin);
  const sent = request({ hostname, port, method: 'PUT', path, headers: { 'content-type': 'text/plain' } });
  const status = new Promise<number>((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
  });
  for (const part of PARTS) {
    sent.write(part);
    await sleep(20);
  }
  sent.end();
  return status;
}
