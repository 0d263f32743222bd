import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Fault } from '#core/domain/fault.ts';
import { parseJsonBody } from '#protocols/edge/json-body.ts';

/**
 * The fields of a request from its query, path and body, checked by what the operation says is really sent.
 * @throws Fault `invalid` in MLflow's words.
 */
export function readRequest<S extends z.ZodType>(schema: S, request: FastifyRequest): z.output<S> {
  const fields = { ...(request.query as object), ...bodyFields(request), ...(request.params as object) };
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path ?? [];
  const value = path.reduce<unknown>(
    (node, key) => (node as Record<PropertyKey, unknown> | undefined)?.[key],
    fields,
  );
  const name = path.filter((key) => typeof key === 'string').join('.');
  if (value === undefined || value === null || value === '') throw missingParameter(name);
  throw new Fault(
    'invalid',
    `Invalid value ${JSON.stringify(value)?.slice(0, 200)} for parameter '${name}' supplied: ${issue?.message ?? 'invalid'}`,
    { field: name },
  );
}

export function missingParameter(name: string): Fault {
  return new Fault(
    'invalid',
    `Missing value for required parameter '${name}'. See the API docs for more information about request parameters.`,
    { field: name },
  );
}

/** A missing body is an empty message; old clients send JSON inside a JSON string. */
function bodyFields(request: FastifyRequest): object {
  const { body } = request;
  if (body === undefined || body === null || body === '') return {};
  if (request.method === 'GET') return {};
  const message = typeof body === 'string' ? parseJsonBody(Buffer.from(body)) : body;
  if (typeof message === 'object' && message !== null && !Array.isArray(message)) return message;
  throw new Fault('invalid', 'The request body is not a JSON object.');
}
