import type { z } from 'zod';
import { api, OF_WORKSPACE, type Api, type Operation } from './api.ts';
import type { BytesBody, Endpoint, Payload, Sent } from './endpoint.ts';
import type { FaultJson } from './schemas.ts';

// The typed client that the contract table implies. It validates nothing on the way back: the server is checked
// against the same table by test, and a page must go on working with a newer server.

type Ask<E> =
  E extends Endpoint<infer Params, infer Query, infer Body>
    ? Part<'params', z.input<Params>> &
        Part<'query', z.input<Query>> &
        (Body extends 'none' ? unknown : { body: Sent<Body> })
    : never;
/** A part that may be empty may be left out. */
type Part<Key extends string, Value> =
  Record<string, never> extends Value ? { [K in Key]?: Value } : { [K in Key]: Value };
type Answer<E> =
  E extends Endpoint<z.ZodType, z.ZodType, Payload, infer Reply>
    ? Reply extends z.ZodType
      ? z.output<Reply>
      : ArrayBuffer
    : never;

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Client = {
  [Name in Operation]: (ask: Ask<Api[Name]>, options?: CallOptions) => Promise<Answer<Api[Name]>>;
};

/** A refusal as the server worded it. */
export class ApiError extends Error {
  readonly status: number;
  readonly fault: FaultJson['error'];

  constructor(status: number, fault: FaultJson['error']) {
    super(fault.message);
    this.name = 'ApiError';
    this.status = status;
    this.fault = fault;
  }
}

/** The header that carries an API key; none without one. */
export function keyHeaders(apiKey: string | undefined): Record<string, string> {
  return apiKey === undefined || apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` };
}

export interface ClientOptions extends CallOptions {
  /** Whose names all calls speak of that do not say another one; `default` without it. */
  readonly workspace?: string;
}

/** @param origin `http://127.0.0.1:5100`, or '' for the page's own server. */
export function createClient(
  origin: string,
  defaults: ClientOptions = {},
  send: typeof fetch = fetch,
): Client {
  const call = async (row: Endpoint, ask: LooseAsk, options: CallOptions = {}): Promise<unknown> => {
    const isBytes = row.body === 'bytes';
    const hasJson = row.body !== 'none' && !isBytes;
    const response = await send(origin + url(row.path, ask), {
      method: row.method,
      headers: {
        ...(hasJson && { 'content-type': 'application/json' }),
        ...(isBytes && { 'content-type': 'application/octet-stream' }),
        ...defaults.headers,
        ...options.headers,
      },
      ...(hasJson && { body: JSON.stringify(ask.body) }),
      ...(isBytes && { body: ask.body as BytesBody }),
      ...(options.signal && { signal: options.signal }),
    });
    if (!response.ok) throw await refusal(response);
    return row.reply === 'bytes' ? response.arrayBuffer() : response.json();
  };
  const entries = Object.entries(api).map(([name, row]) => [
    name,
    (ask: LooseAsk, options?: CallOptions) => call(row, inWorkspace(name, ask, defaults.workspace), options),
  ]);
  return Object.fromEntries(entries) as Client;
}

/** The address of an endpoint, for links that the browser itself follows (downloads, images). */
export function endpointUrl(name: Operation, ask: LooseAsk, workspace?: string): string {
  return url(api[name].path, inWorkspace(name, ask, workspace));
}

interface LooseAsk {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

/** Names the workspace where without a name it would be `default`. */
function inWorkspace(name: string, ask: LooseAsk, workspace: string | undefined): LooseAsk {
  if (workspace === undefined || !OF_WORKSPACE.includes(name)) return ask;
  return { ...ask, query: { workspace, ...(ask.query as object | undefined) } };
}

function url(path: string, ask: LooseAsk): string {
  const params = (ask.params ?? {}) as Record<string, string | number>;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const query = Object.entries((ask.query ?? {}) as Record<string, unknown>).filter(
    ([, value]) => value !== undefined,
  );
  return query.length === 0
    ? filled
    : `${filled}?${new URLSearchParams(query.map(([key, value]) => [key, String(value)])).toString()}`;
}

/** Read by hand: a page that asks needs no schemas, and leaves them out of its bundle. */
export async function refusal(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => undefined)) as
    | { readonly error?: Partial<FaultJson['error']> }
    | undefined;
  const fault = body?.error;
  if (typeof fault?.code === 'string' && typeof fault.message === 'string') {
    const { code, message, requestId = '' } = fault;
    return new ApiError(response.status, { ...fault, code, message, requestId });
  }
  return new ApiError(response.status, {
    code: 'internal',
    message: `The server answered ${response.status} ${response.statusText}.`,
    requestId: response.headers.get('x-request-id') ?? '',
  });
}
