import type { FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Fault } from '#core/domain/fault.ts';

const WINDOW_S = 5 * 60;
/** Of one name from one address: a person who tries all his passwords gets through, a list of them does not. */
const TRIES_OF_NAME_HERE = 10;
/** Of one name from anywhere. Higher, so that a stranger does not lock its owner out with ten tries. */
const TRIES_OF_NAME = 100;
/** From one address, any name: an office behind one address logs in, a list of names does not. */
const TRIES_FROM_ADDRESS = 50;

/** Counts log-ins before the password is looked at: what is refused costs no Argon2. Each server process counts for itself. */
export class LogInLimits {
  readonly #limits = [
    {
      limiter: limiter('name-here', TRIES_OF_NAME_HERE),
      keyOf: (name: string, ip: string) => `${ip} ${name}`,
    },
    { limiter: limiter('address', TRIES_FROM_ADDRESS), keyOf: (_: string, ip: string) => ip },
    { limiter: limiter('name', TRIES_OF_NAME), keyOf: (name: string) => name },
  ];

  /** @throws Fault `rate_limited` with the seconds to wait. */
  async allow(request: FastifyRequest, accountName: string): Promise<void> {
    const name = accountName.toLowerCase();
    for (const { limiter: counted, keyOf } of this.#limits) {
      const refused = await counted.consume(keyOf(name, request.ip)).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (refused instanceof RateLimiterRes) throw tooMany(refused.msBeforeNext);
      if (refused !== undefined) throw refused;
    }
  }

  /** Who knew the password is no guesser: his tries are forgotten. */
  forget(request: FastifyRequest, accountName: string): void {
    const [here] = this.#limits;
    void here?.limiter.delete(here.keyOf(accountName.toLowerCase(), request.ip));
  }
}

function limiter(keyPrefix: string, points: number): RateLimiterMemory {
  return new RateLimiterMemory({ keyPrefix, points, duration: WINDOW_S });
}

function tooMany(waitMs: number): Fault {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const wait = seconds >= 120 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`;
  return new Fault('rate_limited', `Too many log-ins were tried. Wait ${wait}.`, {
    retryAfterSeconds: seconds,
  });
}
