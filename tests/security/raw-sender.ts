import { Agent, request } from 'node:http';

export interface Sent {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Message {
  readonly method: string;
  /** Sent as it is: nothing resolves dots or repairs escapes. */
  readonly path: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends thousands of raw requests over a few connections; none may take longer than ten seconds. */
export class RawSender {
  readonly #agent: Agent;
  readonly #origin: URL;

  constructor(origin: string, connections = 16) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
    this.#origin = new URL(origin);
  }

  async send(message: Message): Promise<Sent> {
    try {
      return await this.#once(message);
    } catch (error) {
      // A connection that the server ended after the answer before, as it may: every client sends again.
      if ((error as { isStale?: boolean }).isStale !== true) throw error;
      return this.#once(message);
    }
  }

  #once({ method, path, body, headers = {} }: Message): Promise<Sent> {
    const { hostname, port } = this.#origin;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    return new Promise((resolve, reject) => {
      const asking = request(
        {
          agent: this.#agent,
          hostname,
          port,
          method,
          path,
          headers: { ...length, ...headers },
          timeout: 10_000,
        },
        (answer) => {
          let text = '';
          answer.setEncoding('latin1').on('data', (part: string) => (text += part));
          answer.on('error', reject);
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
        },
      );
      asking.on('timeout', () => asking.destroy(new Error(`no answer to ${method} ${path.slice(0, 200)}`)));
      asking.on('error', (error) => reject(Object.assign(error, { isStale: asking.reusedSocket })));
      asking.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Runs so many at once that the server is busy, and no more. */
export async function inTurns<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const source = items[Symbol.iterator]();
  const worker = async () => {
    for (let next = source.next(); next.done !== true; next = source.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}
