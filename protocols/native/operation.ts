import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Api, Operation } from '#core/contract/api.ts';
import type { Payload, Received } from '#core/contract/endpoint.ts';
import type { Principal } from '#core/tracking/access/principal.ts';
import type { Ports } from '#core/tracking/ports/ports.ts';
import type { Edge } from '#protocols/edge/wire.ts';

/** A validated request to one row of the contract. */
export interface Call<Name extends Operation> {
  readonly ports: Ports;
  readonly edge: Edge;
  readonly principal: Principal;
  readonly params: z.output<Api[Name]['params']>;
  readonly query: z.output<Api[Name]['query']>;
  readonly body: Received<Api[Name]['body']>;
  readonly idempotencyKey: string | undefined;
  /** For answers that are bytes. */
  readonly reply: FastifyReply;
}

type Presented<P extends Payload> = P extends z.ZodType ? z.output<P> : FastifyReply;

export type Handler<Name extends Operation> = (call: Call<Name>) => Promise<Presented<Api[Name]['reply']>>;

/** One handler for each row: a row without one does not compile. */
export type Operations = { readonly [Name in Operation]: Handler<Name> };
