import type { FastifyRequest } from 'fastify';
import { Fault } from '#core/domain/fault.ts';

/** Node and Fastify errors that are the client's or the machine's doing; anything else thrown is a bug. */
const KNOWN: Readonly<Record<string, (message: string) => Fault>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => new Fault('too_large', 'The request body is larger than the limit.'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: (message) => new Fault('invalid', message),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    new Fault('invalid', 'The body is not as long as Content-Length says.'),
  FST_ERR_CTP_INVALID_JSON_BODY: () => new Fault('invalid', 'The request body is not valid JSON.'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => new Fault('invalid', 'The request body is empty.'),
  FST_ERR_BAD_URL: () => new Fault('invalid', 'Invalid path'),
  FST_ERR_MAX_PARAM_LENGTH: () => new Fault('invalid', 'A part of the path is too long.'),
  FST_STATIC_FORBIDDEN_PATH: () => new Fault('not_found', 'Nothing is served at such a path.'),
  ENAMETOOLONG: () => new Fault('invalid', 'A part of the path is too long.'),
  ECONNRESET: () => new Fault('invalid', 'The client went away.'),
  ERR_STREAM_PREMATURE_CLOSE: () => new Fault('invalid', 'The client went away.'),
  EMFILE: () => new Fault('unavailable', 'Too many files and connections are open.'),
  ENOSPC: () => new Fault('unavailable', 'The disk is full.', { retryAfterSeconds: 30 }),
};

/** The Fault that a thrown thing is, or undefined when it is a bug. */
export function faultFrom(error: unknown): Fault | undefined {
  if (error instanceof Fault) return error;
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return KNOWN[code]?.(error.message);
}

/** Seconds for `Retry-After`: what the fault says; overload always names a time, or clients guess one of their own. */
export function retryAfterSeconds({ code, details }: Fault): number | undefined {
  const isOverload = code === 'unavailable' || code === 'rate_limited';
  return details.retryAfterSeconds ?? (isOverload ? 1 : undefined);
}

/** What a bug is shown as: an id to find it by in the log, nothing else. */
export function incident(id: string): Fault {
  return new Fault('internal', `Internal error; the server's log has it under incident ${id}.`);
}

/** Logs once what an operator must know of: a bug, damaged data, a store that refuses; never what a client did wrong. */
export function logAnswered(error: unknown, fault: Fault | undefined, request: FastifyRequest): void {
  if (!fault) request.log.error({ err: error }, 'bug');
  else if (['corrupt', 'internal', 'unavailable'].includes(fault.code)) {
    request.log.error({ err: fault, cause: fault.cause }, fault.code);
  }
}
