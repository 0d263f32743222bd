import type { z } from 'zod';
import type { Permission } from '#core/domain/permission.ts';

// One row of the native API. From this table come the server's validation, the TypeScript client and OpenAPI 3.1.

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** How a body or an answer travels: JSON by a schema, or bytes that no schema describes. */
export type Payload = z.ZodType | 'bytes' | 'none';

export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends Payload = Payload,
  Reply extends Payload = Payload,
> {
  readonly method: Method;
  /** `/api/runs/{run}`; names in braces are the keys of `params`. */
  readonly path: string;
  /** `public`: also for whoever is not logged in. */
  readonly permission: Permission | 'public';
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly reply: Reply;
}

/** A row with its types kept: the one place with generics in the contract. */
export function endpoint<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends Payload,
  Reply extends Payload,
>(row: Endpoint<Params, Query, Body, Reply>): Endpoint<Params, Query, Body, Reply> {
  return row;
}

/** Bytes as `fetch` sends them in Node and in the browser. */
export type BytesBody = Uint8Array<ArrayBuffer> | ArrayBuffer | Blob | ReadableStream<Uint8Array>;

/** What a caller sends for a payload. */
export type Sent<P extends Payload> = P extends z.ZodType
  ? z.input<P>
  : P extends 'bytes'
    ? BytesBody
    : undefined;
/** What the server's handler receives for a payload. */
export type Received<P extends Payload> = P extends z.ZodType
  ? z.output<P>
  : P extends 'bytes'
    ? AsyncIterable<Uint8Array>
    : undefined;
