import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { RoundRobinProxy } from './round-robin-proxy.ts';

interface Upstream {
  readonly server: Server;
  readonly origin: string;
  /** Bodies in the order of their requests. */
  readonly got: string[];
}

test('requests go to the servers in turn, with their bodies and answers', async () => {
  const [one, other] = [await upstream(echo), await upstream(echo)];
  const { origin } = await proxyOf([one, other]);
  for (const body of ['a', 'b', 'c', 'd']) {
    const answer = await fetch(`${origin}/x?y=1`, { method: 'POST', body });
    expect([answer.status, await answer.text()]).toEqual([201, `POST /x?y=1 ${body}`]);
  }
  expect([one.got, other.got]).toEqual([
    ['a', 'c'],
    ['b', 'd'],
  ]);
});

test('a request whose server ends before it answers is 502 and is sent to nobody else', async () => {
  const one = await upstream((request) => void request.socket.destroy());
  const other = await upstream(echo);
  const proxy = await proxyOf([one, other]);
  const answer = await fetch(proxy.origin, { method: 'POST', body: 'once' });
  expect([answer.status, one.got, other.got]).toEqual([502, ['once'], []]);
  expect(proxy.unanswered).toBe(1);
});

test('an answer that ends in the middle ends in the middle for the client', async () => {
  const one = await upstream((_, answer) => {
    answer.writeHead(200, { 'content-length': 10 });
    answer.write('half', () => answer.destroy());
  });
  const { origin } = await proxyOf([one]);
  const answer = await fetch(origin);
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow('terminated');
});

test('a server that refuses connections gets nothing until it is back', async () => {
  const [one, other] = [await upstream(echo), await upstream(echo)];
  const { port } = new URL(one.origin);
  one.server.close();
  one.server.closeAllConnections();
  await once(one.server, 'close');
  const { origin } = await proxyOf([one, other]);
  const statuses: number[] = [];
  for (let n = 0; n < 6; n += 1)
    statuses.push((await fetch(origin, { method: 'POST', body: `${n}` })).status);
  expect(statuses).toEqual([502, 201, 201, 201, 201, 201]);
  one.server.listen(Number(port), '127.0.0.1');
  const reaches = async (): Promise<boolean> => {
    await (await fetch(origin, { method: 'POST', body: 'back' })).text();
    return one.got.includes('back');
  };
  await expect.poll(reaches, { timeout: 20_000 }).toBe(true);
});

async function proxyOf(upstreams: readonly Upstream[]): Promise<RoundRobinProxy> {
  const proxy = await RoundRobinProxy.start(upstreams.map(({ origin }) => origin));
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  return proxy;
}

/** @param answer is called when the request was received whole. */
async function upstream(answer: (request: IncomingMessage, reply: ServerResponse, body: string) => void) {
  const got: string[] = [];
  const server = createServer((request, reply) => {
    void text(request).then((body) => {
      if (request.method === 'POST') got.push(body);
      answer(request, reply, body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { server, got, origin: `http://127.0.0.1:${port}` } satisfies Upstream;
}

function echo({ method, url = '' }: IncomingMessage, reply: ServerResponse, body: string): void {
  reply.writeHead(url === '/health' ? 200 : 201).end(`${method} ${url} ${body}`);
}
