import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

// A proxy between the SDK and a server that a test tells to misbehave, one request at a time.

export type Fate =
  | 'pass'
  /** The server does the work and the client never hears of it. */
  | 'drop-answer'
  /** The connection breaks before the server sees anything. */
  | 'break'
  | { readonly status: number; readonly headers?: Record<string, string> };

export interface FlakyProxy {
  readonly origin: string;
  /** Method and path of each request that came, in order. */
  readonly seen: string[];
  decide: (request: string) => Fate;
  close(): Promise<void>;
}

export async function startFlakyProxy(target: string): Promise<FlakyProxy> {
  const seen: string[] = [];
  const server = createServer((asked, reply) => {
    const line = `${asked.method} ${asked.url}`;
    seen.push(line);
    const fate = proxy.decide(line);
    if (fate === 'break') asked.socket.destroy();
    else if (typeof fate === 'object') asked.resume().on('end', () => refuse(reply, fate));
    else forward(target, asked, reply, fate === 'drop-answer');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const proxy: FlakyProxy = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    decide: () => 'pass',
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
  return proxy;
}

function refuse(reply: ServerResponse, fate: Extract<Fate, object>): void {
  const error = { code: 'unavailable', message: 'Later, please.', requestId: 'proxy' };
  reply.writeHead(fate.status, { 'content-type': 'application/json', ...fate.headers });
  reply.end(JSON.stringify({ error }));
}

function forward(target: string, asked: IncomingMessage, reply: ServerResponse, isDropped: boolean): void {
  const { host: _, ...headers } = asked.headers;
  const onward = request(target + asked.url, { method: asked.method, headers }, (answer) => {
    if (isDropped) {
      answer.resume().on('end', () => asked.socket.destroy());
      return;
    }
    reply.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(reply);
  });
  onward.on('error', () => asked.socket.destroy());
  asked.pipe(onward);
}
