import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { Fault } from '#core/domain/fault.ts';

/** The memory that request bodies may take together, from their first byte until they are answered. */
export class BodyBudget {
  readonly #limitBytes: number;
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** A single body always fits an empty budget. @throws Fault `unavailable` when too much is under way. */
  take(bytes: number): void {
    if (this.#bytes > 0 && this.#bytes + bytes > this.#limitBytes) {
      throw new Fault('unavailable', 'The server is busy; try again in a moment.', { retryAfterSeconds: 1 });
    }
    this.#bytes += bytes;
  }

  give(bytes: number): void {
    this.#bytes -= bytes;
  }
}

/**
 * Holds the bodies that a scope reads into memory to a budget: one that says how long it is before it is read, one in
 * chunks as it grows. What is refused is thrown away as it comes.
 */
export function budgetBodies(
  scope: FastifyInstance,
  { bodies, bodyLimitBytes }: { readonly bodies: BodyBudget; readonly bodyLimitBytes: number },
): void {
  scope.addHook('preParsing', (request, reply, payload, done) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    if (length === undefined && encoding === undefined) {
      done(null, payload);
      return;
    }
    let held = 0;
    const hold = (bytes: number): void => {
      bodies.take(bytes);
      held += bytes;
    };
    reply.raw.once('close', () => bodies.give(held));
    try {
      // What is longer than the limit is refused without being read.
      if (length !== undefined && Number(length) <= bodyLimitBytes) hold(Number(length));
      done(null, encoding === undefined ? payload : counted(payload as Readable, hold));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** Begins to read only when it is read: a file's route takes its bytes from the request itself, and none may be gone. */
function counted(payload: Readable, hold: (bytes: number) => void): Readable {
  return Readable.from(counting(payload, hold), { objectMode: false });
}

async function* counting(payload: Readable, hold: (bytes: number) => void): AsyncGenerator<Buffer> {
  try {
    for await (const part of payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      hold(part.byteLength);
      yield part;
    }
  } catch (error) {
    payload.resume();
    throw error;
  }
}
