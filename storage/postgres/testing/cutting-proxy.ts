import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * What becomes of the next COMMIT: it never arrives; it is made and its answer is lost; or the client is cut off first
 * and it arrives when `deliver` is called. Of the last two the client hears nothing, not even that it is cut off, until
 * `heal` is called: the COMMIT is swallowed, or its answer is.
 */
export type Cut = 'before' | 'after' | 'late' | 'swallowed' | 'unheard';

const COMMIT = 'COMMIT\0';
const COMMIT_BYTES = 5 + COMMIT.length;
const MOST_ANSWERED = 100_000;

interface Pair {
  readonly client: Socket;
  readonly database: Socket;
  isSwallowed: boolean;
}

/** A proxy before a PostgreSQL that cuts one connection at its COMMIT: the wire is that of postgresql.org/docs/current/protocol.html. */
export class CuttingProxy implements AsyncDisposable {
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  #port: number;
  #isSwallowing = false;
  #cut: Cut | undefined;
  #isCut = Promise.withResolvers<void>();
  #deliver: () => void = () => undefined;

  private constructor(port: number) {
    this.#port = port;
    this.#server = createServer((client) => this.#serve(client));
  }

  static async start(port: number): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(port);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  /** The URL of a database by way of the proxy. */
  through(url: string): string {
    const address = this.#server.address();
    const past = new URL(url);
    past.port = String(typeof address === 'object' && address ? address.port : 0);
    return past.href;
  }

  /** Cuts at the next COMMIT; resolves when that has happened. */
  cutAtCommit(how: Cut): Promise<void> {
    this.#cut = how;
    this.#isCut = Promise.withResolvers();
    return this.#isCut.promise;
  }

  /** Sends a COMMIT that was held back. */
  deliver(): void {
    this.#deliver();
  }

  /** New connections go to another server, as a name or an address does that moves. */
  moveTo(port: number): void {
    this.#port = port;
  }

  /** From now on the network takes every byte and every connection, and nothing comes out of it. */
  swallow(): void {
    this.#isSwallowing = true;
    for (const pair of this.#pairs) pair.isSwallowed = true;
  }

  /** New connections go through; of those that were swallowed nobody knows any more. */
  heal(): void {
    this.#isSwallowing = false;
    for (const { client, database, isSwallowed } of this.#pairs) {
      if (!isSwallowed) continue;
      database.destroy();
      client.destroy();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { client, database } of this.#pairs) {
      client.destroy();
      database.destroy();
    }
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(client: Socket): void {
    const database = connect(this.#port, '127.0.0.1');
    const pair: Pair = { client, database, isSwallowed: this.#isSwallowing };
    this.#pairs.add(pair);
    for (const socket of [client, database]) socket.on('error', () => undefined);
    let how: Cut | undefined;
    let answered = '';
    client.on('data', (bytes: Buffer) => {
      if (pair.isSwallowed) return;
      how ??= this.#takeCut(bytes);
      if (how === undefined || how === 'after' || how === 'unheard') database.write(bytes);
      if (how === 'before') database.destroy();
      if (how === 'late') this.#deliver = () => database.write(bytes);
      if (how === 'before' || how === 'late') this.#end(client);
      if (how === 'swallowed' || how === 'unheard') {
        this.swallow();
        this.#isCut.resolve();
      }
    });
    database.on('data', (bytes: Buffer) => {
      if (pair.isSwallowed) return;
      if (how === undefined) client.write(bytes);
      if (how !== 'after') return;
      // What was sent together with the COMMIT is answered first: a database whose client is gone by then makes none.
      answered = `${answered}${bytes.toString('latin1')}`.slice(-MOST_ANSWERED);
      if (answered.includes(COMMIT)) this.#end(client);
    });
    // What is swallowed says nothing of its end either.
    client.on('close', () => {
      if (how !== 'late' && !pair.isSwallowed) database.destroy();
    });
    database.on('close', () => {
      if (!pair.isSwallowed) client.destroy();
      this.#pairs.delete(pair);
    });
  }

  #takeCut(bytes: Buffer): Cut | undefined {
    // Query, length, text, zero; behind what is sent together with it.
    const last = bytes.subarray(-COMMIT_BYTES);
    if (last[0] !== 0x51 || last.toString('latin1', 5) !== COMMIT) return undefined;
    const how = this.#cut;
    this.#cut = undefined;
    return how;
  }

  #end(client: Socket): void {
    client.destroy();
    this.#isCut.resolve();
  }
}
