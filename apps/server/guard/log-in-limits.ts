import type { FastifyRequest } from 'fastify';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { foldedName } from '#core/domain/account.ts';
import { Fault } from '#core/domain/fault.ts';
import { CappedLimiter } from './capped-limiter.ts';
import { countedAddress } from './counted-address.ts';

const WINDOW_S = 5 * 60;
/** Of one name from one address: a person who tries all his passwords gets through, a list of them does not. */
const TRIES_OF_NAME_HERE = 10;
/** Of one name from anywhere. Higher, so that a stranger does not lock its owner out with ten tries. */
const TRIES_OF_NAME = 100;
/** From one address, any name: an office behind one address logs in, a list of names does not. */
const TRIES_FROM_ADDRESS = 50;
/** No account's name is longer. */
const NAME_LENGTH = 64;

type Asker = Pick<FastifyRequest, 'ip'>;

/** Counts log-ins before the password is looked at: what is refused costs no Argon2. Each server process counts for itself. */
export class LogInLimits {
  readonly #address = new CappedLimiter('address', TRIES_FROM_ADDRESS, WINDOW_S);
  readonly #nameHere = new CappedLimiter('name-here', TRIES_OF_NAME_HERE, WINDOW_S);
  readonly #name = new CappedLimiter('name', TRIES_OF_NAME, WINDOW_S);

  /** Counts kept at the moment. */
  get size(): number {
    return this.#address.size + this.#nameHere.size + this.#name.size;
  }

  /** @throws Fault `rate_limited` with the seconds to wait; such a try is not counted, and nothing new is kept of it. */
  async allow({ ip }: Asker, accountName: string): Promise<void> {
    const { address, nameHere, name } = keysOf(ip, accountName);
    const counts = [
      [this.#address, address],
      [this.#nameHere, nameHere],
      [this.#name, name],
    ] as const;
    for (const [limiter, key] of counts) {
      const waitMs = await limiter.waitMs(key);
      if (waitMs > 0) throw tooMany(waitMs);
    }
    for (const [limiter, key] of counts) {
      // Others may have come in between.
      await limiter.consume(key).catch((error: unknown) => {
        throw error instanceof RateLimiterRes ? tooMany(error.msBeforeNext) : error;
      });
    }
  }

  /** Who knew the password is no guesser: his tries are forgotten. */
  forget({ ip }: Asker, accountName: string): void {
    this.#nameHere.forget(keysOf(ip, accountName).nameHere);
  }
}

/** Names are counted as they are looked up: `Ana` and ` ana` are tries of one account. */
function keysOf(ip: string, accountName: string): Record<'address' | 'nameHere' | 'name', string> {
  const address = countedAddress(ip);
  const name = foldedName(accountName).slice(0, NAME_LENGTH);
  return { address, nameHere: `${address} ${name}`, name };
}

function tooMany(waitMs: number): Fault {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const wait = seconds >= 120 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`;
  return new Fault('rate_limited', `Too many log-ins were tried. Wait ${wait}.`, {
    retryAfterSeconds: seconds,
  });
}
