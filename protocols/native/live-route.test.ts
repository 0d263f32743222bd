import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LiveEvent, LiveRequest } from '#core/contract/live.ts';
import { memoryServer, type MemoryServer } from '#tests/memory-server.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';

let server: MemoryServer;
let origin: string;
let run: string;
beforeAll(async () => {
  server = await memoryServer({ store: memoryStore({ keptCommits: 4 }) });
  origin = await server.listen();
});
afterAll(() => server.app.close());
beforeEach(async () => {
  run = (await server.call('POST', '/api/runs', { project: '0' })).json.id;
});

/** A page's socket, and what it heard. */
interface Page {
  readonly socket: WebSocket;
  readonly heard: LiveEvent[];
  say(request: LiveRequest): void;
  /** Waits until an event of the kind was heard; the first of them. */
  hears<Kind extends LiveEvent['kind']>(kind: Kind): Promise<Extract<LiveEvent, { kind: Kind }>>;
}

async function open(): Promise<Page> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/live`);
  const heard: LiveEvent[] = [];
  socket.addEventListener('message', (event) => heard.push(JSON.parse(String(event.data)) as LiveEvent));
  await once(socket, 'open');
  return {
    socket,
    heard,
    say: (request) => socket.send(JSON.stringify(request)),
    hears: async (kind) => {
      const find = (): LiveEvent | undefined => heard.find((event) => event.kind === kind);
      await expect.poll(find, { interval: 5, timeout: 3000 }).toBeDefined();
      return find() as Extract<LiveEvent, { kind: typeof kind }>;
    },
  };
}

async function log(value: number, metric = 'loss'): Promise<void> {
  const points = [{ metric, steps: [value], values: [value] }];
  expect((await server.call('POST', `/api/runs/${run}/log`, { points })).status).toBe(200);
}

test('a watched run that logs a point is heard of, with its metric', async () => {
  const page = await open();
  page.say({ kind: 'watch', runs: [run] });
  await page.hears('watching');
  await log(1);
  const changed = await page.hears('changed');
  expect(changed.runs).toEqual([{ run, project: '0', isDocument: false, metrics: ['loss'] }]);
  page.socket.close();
});

test('what is not watched is not heard', async () => {
  const page = await open();
  page.say({ kind: 'watch', projects: ['77'] });
  await page.hears('watching');
  await log(1);
  page.say({ kind: 'watch', runs: [run] });
  await expect.poll(() => page.heard.filter((event) => event.kind === 'watching').length).toBe(2);
  await log(2, 'acc');
  expect((await page.hears('changed')).runs.map((touched) => touched.run)).toEqual([run]);
  page.socket.close();
});

test('a hundred commits in a burst are a message or two that name every metric once', async () => {
  const page = await open();
  page.say({ kind: 'watch', home: true });
  await page.hears('watching');
  for (let at = 0; at < 100; at += 1) await log(at, `m${at % 10}`);
  const latest = String(server.ports.feed.latest());
  await expect.poll(() => page.heard.at(-1)?.cursor, { timeout: 3000 }).toBe(latest);
  const changes = page.heard.filter((event) => event.kind === 'changed');
  expect(changes.length).toBeLessThan(20);
  const metrics = new Set(changes.flatMap((event) => event.runs.flatMap((touched) => touched.metrics)));
  expect(metrics.size).toBe(10);
  page.socket.close();
});

test('a page that comes back with its cursor gets what it missed, before it is told that it watches', async () => {
  const page = await open();
  page.say({ kind: 'watch', runs: [run] });
  const { cursor } = await page.hears('watching');
  page.socket.close();
  await log(1);
  await log(2, 'acc');
  const again = await open();
  again.say({ kind: 'watch', runs: [run], cursor });
  await again.hears('watching');
  expect(again.heard.map((event) => event.kind)).toEqual(['changed', 'watching']);
  expect((await again.hears('changed')).runs[0]?.metrics.toSorted()).toEqual(['acc', 'loss']);
  again.socket.close();
});

test('a cursor that is too old, from the future or none of ours is answered by a reset', async () => {
  for (let at = 0; at < 20; at += 1) await log(at);
  for (const cursor of ['0', String(server.ports.feed.latest() + 1), 'abc', '', '-1', '1e3', 'NaN']) {
    const page = await open();
    page.say({ kind: 'watch', runs: [run], cursor });
    await page.hears('watching');
    expect(page.heard.map((event) => event.kind)).toEqual(['reset', 'watching']);
    page.socket.close();
  }
});

test.each([
  'garbage',
  '{}',
  '[]',
  'null',
  '{"kind":"watch","runs":["x"]}',
  '{"kind":"shout"}',
  '{"kind":"watch","cursor":1}',
])('the message %s closes with 1008', async (message) => {
  const page = await open();
  const closed = once(page.socket, 'close');
  page.socket.send(message);
  const [event] = (await closed) as [CloseEvent];
  expect(event.code).toBe(1008);
});

test('bytes that are no frames end that socket alone', async () => {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  socket.on('error', () => undefined);
  const head = [
    'GET /api/live HTTP/1.1',
    `Host: ${new URL(origin).host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
  ];
  const key = ['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];
  socket.write(`${[...head, ...key].join('\r\n')}\r\n\r\n`);
  await once(socket, 'data');
  socket.write(Buffer.alloc(64, 0xff));
  await once(socket, 'close');
  expect((await fetch(`${origin}/health`)).status).toBe(200);
});

test('asked without an upgrade it is not there', async () => {
  expect((await server.call('GET', '/api/live')).status).toBe(404);
});
