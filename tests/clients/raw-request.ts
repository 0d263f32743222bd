import { request } from 'node:http';
import type { Json } from '../memory-server.ts';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  readonly json: Json;
}

export interface RawBody {
  /** Sent as it is with `type`, `application/json` unless told. Anything but text and bytes is written as JSON. */
  readonly body?: unknown;
  readonly type?: string;
}

/**
 * One request with the path exactly as given. `fetch` resolves `..` and `%2e%2e` and repairs a lone `%` before anything
 * is sent; old and hostile clients do not.
 */
export function rawRequest(
  origin: string,
  method: string,
  path: string,
  { body, type = 'application/json' }: RawBody = {},
): Promise<RawAnswer> {
  const payload =
    body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const headers =
    payload === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(payload) };
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const text = bytes.toString();
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes, text, json: parsed(text) });
      });
    });
    sent.on('error', reject);
    sent.end(payload);
  });
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
