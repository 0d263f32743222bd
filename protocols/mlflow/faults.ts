import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault, type FaultCode } from '#core/domain/fault.ts';
import { faultFrom, incident, logAnswered, retryAfterSeconds } from '#protocols/edge/fault-from.ts';

interface Word {
  readonly status: number;
  readonly errorCode: string;
}

/**
 * MLflow's words, total. Its client retries 408, 429 and every 5xx but 501 seven times over four minutes, so whatever is
 * the user's doing is a 4xx, and overload is 429 or 503 with Retry-After. A duplicate is 400, not 409.
 */
const WORDS: Readonly<Record<FaultCode, Word>> = {
  invalid: { status: 400, errorCode: 'INVALID_PARAMETER_VALUE' },
  unauthenticated: { status: 401, errorCode: 'UNAUTHENTICATED' },
  forbidden: { status: 403, errorCode: 'PERMISSION_DENIED' },
  not_found: { status: 404, errorCode: 'RESOURCE_DOES_NOT_EXIST' },
  conflict: { status: 400, errorCode: 'RESOURCE_ALREADY_EXISTS' },
  gone: { status: 404, errorCode: 'RESOURCE_DOES_NOT_EXIST' },
  too_large: { status: 413, errorCode: 'INVALID_PARAMETER_VALUE' },
  rate_limited: { status: 429, errorCode: 'REQUEST_LIMIT_EXCEEDED' },
  unsupported: { status: 501, errorCode: 'NOT_IMPLEMENTED' },
  unavailable: { status: 503, errorCode: 'TEMPORARILY_UNAVAILABLE' },
  corrupt: { status: 500, errorCode: 'DATA_LOSS' },
  internal: { status: 500, errorCode: 'INTERNAL_ERROR' },
};

/** The error handler of the scope: answers in MLflow's shape; a bug is logged once and shown as an incident. */
export function sendMlflowFault(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = faultFrom(error);
  logAnswered(error, known, request);
  const fault = known ?? incident(request.id);
  const retryAfter = retryAfterSeconds(fault);
  if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
  const { status, errorCode } = WORDS[fault.code];
  return reply
    .status(status)
    .type('application/json')
    .send({ error_code: errorCode, message: fault.message });
}

/** What is not spoken (yet) says so at once: clients have fallbacks for exactly this word. */
export function sendUnknownEndpoint(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const message = `No endpoint ${request.method} ${request.url.split('?')[0]?.slice(0, 200)} is served here.`;
  return reply.status(404).send({ error_code: 'ENDPOINT_NOT_FOUND', message });
}

/** Something that is looked up by an id of no possible shape is not there. */
export function missing(subject: string, message: string): Fault {
  return new Fault('not_found', message, { subject });
}
