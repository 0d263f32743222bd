import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { WorkspaceId } from '#core/domain/ids.ts';
import type { Permission } from '#core/domain/permission.ts';
import type { Principal } from '#core/tracking/access/principal.ts';
import type { Ports } from '#core/tracking/ports/ports.ts';
import type { Edge } from '#protocols/edge/wire.ts';

export interface Context {
  /** Of the workspace: what belongs to another one is not there. */
  readonly ports: Ports;
  readonly principal: Principal;
  /** Whose names the request speaks of: that of its base path, `default` without one. */
  readonly workspace: WorkspaceId;
  readonly edge: Edge;
  /** For answers that are bytes. */
  readonly reply: FastifyReply;
}

/** One remote operation of MLflow's REST API. */
export interface Operation<Request extends z.ZodType = z.ZodType> {
  readonly methods: ReadonlyArray<'GET' | 'POST' | 'PATCH' | 'DELETE'>;
  /** Below `/api/<major>` and `/ajax-api/<major>`, such as `/mlflow/runs/create`; `:name` parameters join the request. */
  readonly path: string;
  /** `2.0` unless said. */
  readonly major?: '2.0' | '3.0';
  readonly permission: Permission;
  /** What is really sent, from the query, the path and the body together. */
  readonly request: Request;
  /** The answer: a JSON object, `{}` when there is nothing to say. */
  handle(context: Context, request: z.output<Request>): Promise<object>;
}

export function operation<Request extends z.ZodType>(row: Operation<Request>): Operation<Request> {
  return row;
}
