import { once } from 'node:events';
import {
  Agent,
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often a server that refused a connection is asked whether it is back. */
const LOOK_MS = 50;

interface Upstream {
  readonly origin: URL;
  readonly agent: Agent;
  isOut: boolean;
  looking: Promise<void> | undefined;
}

/**
 * What stands before several servers: each request goes to the next one in turn. It never sends a request twice: what
 * a server did not answer is 502, and whoever asked may ask again. A server that refuses a connection gets nothing
 * until its `/health` answers.
 */
export class RoundRobinProxy implements AsyncDisposable {
  readonly #server: Server;
  readonly #upstreams: readonly Upstream[];
  readonly #sockets = new Set<Duplex>();
  readonly #end = new AbortController();
  #turn = 0;
  #unanswered = 0;

  private constructor(origins: readonly string[]) {
    this.#upstreams = origins.map((origin) => ({
      origin: new URL(origin),
      agent: new Agent({ keepAlive: true }),
      isOut: false,
      looking: undefined,
    }));
    this.#server = createServer((asked, answer) => void this.#pass(asked, answer));
    this.#server.on('upgrade', (asked: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.#tunnel(asked, socket, head),
    );
    this.#server.on('connection', (socket: Socket) => this.#keep(socket));
  }

  static async start(origins: readonly string[]): Promise<RoundRobinProxy> {
    const proxy = new RoundRobinProxy(origins);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get origin(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  }

  /** Requests that no server answered to their end. */
  get unanswered(): number {
    return this.#unanswered;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    for (const { agent } of this.#upstreams) agent.destroy();
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
    for (const { looking } of this.#upstreams) await looking;
  }

  async #pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const upstream = this.#next();
    if (!upstream) return this.#refuse(answer);
    const { origin, agent } = upstream;
    const { method, url, headers } = asked;
    const passed = request({ host: origin.hostname, port: origin.port, agent, method, path: url, headers });
    // Whoever waits is told below; what fails after the answer concerns nobody.
    passed.on('error', () => undefined);
    try {
      const answered = once(passed, 'response') as Promise<[IncomingMessage]>;
      // A server may answer before it has read all, and closes then.
      const sent = pipeline(asked, passed).catch(() => undefined);
      const [reply] = await answered;
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      await pipeline(reply, answer);
      await sent;
    } catch (error) {
      if (isRefusal(error)) this.#takeOut(upstream);
      passed.destroy();
      this.#refuse(answer);
    }
  }

  #refuse(answer: ServerResponse): void {
    this.#unanswered += 1;
    if (answer.headersSent) answer.destroy();
    else answer.writeHead(502, { connection: 'close' }).end();
  }

  /** WebSockets: from here on bytes go through as they are. */
  #tunnel(asked: IncomingMessage, socket: Duplex, head: Buffer): void {
    const upstream = this.#next();
    if (!upstream) return void socket.destroy();
    const server = connect(Number(upstream.origin.port), upstream.origin.hostname);
    this.#keep(server);
    const lines = [`${asked.method} ${asked.url} HTTP/1.1`];
    for (let at = 0; at < asked.rawHeaders.length; at += 2) {
      lines.push(`${asked.rawHeaders[at]}: ${asked.rawHeaders[at + 1]}`);
    }
    server.write(`${lines.join('\r\n')}\r\n\r\n`);
    server.write(head);
    pipeline(socket, server, socket).catch((error: unknown) => {
      if (isRefusal(error)) this.#takeOut(upstream);
    });
  }

  #next(): Upstream | undefined {
    for (let tried = 0; tried < this.#upstreams.length; tried += 1) {
      const upstream = this.#upstreams[this.#turn++ % this.#upstreams.length];
      if (upstream?.isOut === false) return upstream;
    }
    return undefined;
  }

  #takeOut(upstream: Upstream): void {
    upstream.isOut = true;
    upstream.looking ??= this.#look(upstream).finally(() => {
      upstream.looking = undefined;
    });
  }

  async #look(upstream: Upstream): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      const answer = await fetch(new URL('/health', upstream.origin), { signal }).catch(() => undefined);
      await answer?.body?.cancel();
      if (answer?.ok === true) {
        upstream.isOut = false;
        return;
      }
      await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  #keep(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
  }
}

function isRefusal(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
}
