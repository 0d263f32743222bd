import { connect, type Socket } from 'node:net';

const END_OF_HEAD = '\r\n\r\n';

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/** A whole POST as bytes, made before the clock runs. */
export function rawPost(origin: string, path: string, json: string, headers: readonly string[] = []): Buffer {
  const { host } = new URL(origin);
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(json)}`,
    ...headers,
  ];
  return Buffer.from(head.join('\r\n') + END_OF_HEAD + json);
}

/**
 * One keep-alive connection with one request in flight. It understands answers with a Content-Length and chunked ones,
 * no more: node:http costs a load generator as much as the server spends on a small request.
 */
export class RawClient {
  readonly #origin: URL;
  #socket: Socket | undefined;
  #received: Buffer = Buffer.alloc(0);
  #settle: { done: (answer: RawAnswer) => void; fail: (error: Error) => void } | undefined;

  constructor(origin: string) {
    this.#origin = new URL(origin);
  }

  /** Throws when the connection ends before the answer does; the next request opens another. */
  send(request: Buffer): Promise<RawAnswer> {
    return new Promise((done, fail) => {
      this.#settle = { done, fail };
      this.#socket ??= this.#connect();
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket?.destroy();
  }

  #connect(): Socket {
    const socket = connect(Number(this.#origin.port), this.#origin.hostname);
    socket.setNoDelay(true);
    socket.on('data', (part: Buffer) => {
      this.#received = this.#received.length === 0 ? part : Buffer.concat([this.#received, part]);
      const parsed = parseAnswer(this.#received);
      if (!parsed) return;
      this.#received = Buffer.alloc(0);
      if (parsed.isLast) this.#drop(socket);
      const settle = this.#settle;
      this.#settle = undefined;
      settle?.done(parsed);
    });
    const end = (error?: Error) => {
      this.#drop(socket);
      const settle = this.#settle;
      this.#settle = undefined;
      settle?.fail(error ?? new Error('the connection ended before the answer'));
    };
    socket.on('error', end);
    socket.on('end', () => end());
    return socket;
  }

  #drop(socket: Socket): void {
    // A later event of an old connection must not touch the one that replaced it.
    socket.removeAllListeners().on('error', () => undefined);
    socket.destroy();
    if (this.#socket === socket) this.#socket = undefined;
    this.#received = Buffer.alloc(0);
  }
}

/** The answer, or undefined while it is incomplete. `isLast`: the server closes the connection after it. */
export function parseAnswer(bytes: Buffer): (RawAnswer & { readonly isLast: boolean }) | undefined {
  const headEnd = bytes.indexOf(END_OF_HEAD);
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const status = Number(head.slice(9, 12));
  const isLast = /\r\nconnection:\s*close/i.test(head);
  const bodyStart = headEnd + END_OF_HEAD.length;
  const length = /\r\ncontent-length:\s*(\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const end = bodyStart + Number(length);
    return bytes.length < end ? undefined : { status, isLast, text: bytes.toString('utf8', bodyStart, end) };
  }
  if (!/\r\ntransfer-encoding:\s*chunked/i.test(head)) return { status, isLast, text: '' };
  const chunks: Buffer[] = [];
  for (let at = bodyStart; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (bytes.length < next) return undefined;
    if (size === 0) return { status, isLast, text: Buffer.concat(chunks).toString('utf8') };
    chunks.push(bytes.subarray(lineEnd + 2, next - 2));
    at = next;
  }
}
