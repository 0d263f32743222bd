import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * What becomes of the next COMMIT: it never arrives; it is made and its answer is lost; or the client is cut off first
 * and it arrives when `deliver` is called.
 */
export type Cut = 'before' | 'after' | 'late';

/** A proxy before a PostgreSQL that cuts one connection at its COMMIT: the wire is that of postgresql.org/docs/current/protocol.html. */
export class CuttingProxy implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #cut: Cut | undefined;
  #isCut = Promise.withResolvers<void>();
  #deliver: () => void = () => undefined;

  private constructor(port: number) {
    this.#server = createServer((client) => this.#serve(client, port));
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

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(client: Socket, port: number): void {
    const database = connect(port, '127.0.0.1');
    for (const socket of [client, database]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
    }
    let how: Cut | undefined;
    client.on('data', (bytes: Buffer) => {
      how ??= this.#takeCut(bytes);
      if (how === undefined || how === 'after') database.write(bytes);
      if (how === 'before') database.destroy();
      if (how === 'late') this.#deliver = () => database.write(bytes);
      if (how === 'before' || how === 'late') this.#end(client);
    });
    database.on('data', (bytes: Buffer) => {
      if (how === 'after') this.#end(client);
      else if (how === undefined) client.write(bytes);
    });
    client.on('close', () => {
      if (how !== 'late') database.destroy();
    });
    database.on('close', () => client.destroy());
  }

  #takeCut(bytes: Buffer): Cut | undefined {
    // Query, length, text, zero.
    if (bytes[0] !== 0x51 || bytes.toString('latin1', 5) !== 'COMMIT\0') return undefined;
    const how = this.#cut;
    this.#cut = undefined;
    return how;
  }

  #end(client: Socket): void {
    client.destroy();
    this.#isCut.resolve();
  }
}
