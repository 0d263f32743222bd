import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { FaultJson } from '#core/contract/schemas.ts';
import { Fault, type FaultCode } from '#core/domain/fault.ts';
import { faultFrom, incident, logAnswered, retryAfterSeconds } from '#protocols/edge/fault-from.ts';

/** Natively, HTTP's own words. Total: a new code without a status does not compile. */
const STATUS: Readonly<Record<FaultCode, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  rate_limited: 429,
  unsupported: 501,
  unavailable: 503,
  corrupt: 500,
  internal: 500,
};

/** The error handler of the native scope: each error is answered once, and logged once when it is a bug. */
export function sendFault(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = faultFrom(error);
  logAnswered(error, known, request);
  const fault = known ?? incident(request.id);
  const retryAfter = retryAfterSeconds(fault);
  if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
  const { code, message, details } = fault;
  const { field, position } = details;
  const body: FaultJson = {
    error: {
      code,
      message,
      ...(field !== undefined && { field }),
      ...(position !== undefined && { position }),
      ...(retryAfter !== undefined && { retryAfterSeconds: retryAfter }),
      requestId: request.id,
    },
  };
  return reply.status(STATUS[code]).send(body);
}

/** @throws Fault `invalid` naming the first field that is wrong. */
export function validated<S extends z.ZodType>(schema: S, input: unknown, place: string): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.length ? issue.path.join('.') : place;
  throw new Fault('invalid', `${field}: ${issue?.message ?? 'invalid'}`, { field });
}
