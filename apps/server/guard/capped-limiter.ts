import { RateLimiterMemory } from 'rate-limiter-flexible';

/** Some megabytes of counts: more keys than that are a flood, in which the longest unused ones are forgotten. */
const CAPACITY = 10_000;

/** A limit for each key, in bounded memory. */
export class CappedLimiter {
  readonly #limiter: RateLimiterMemory;
  readonly #capacity: number;
  /** Keys that may have a count, the longest unused one first. */
  readonly #keys = new Set<string>();

  constructor(keyPrefix: string, points: number, durationS: number, capacity = CAPACITY) {
    this.#limiter = new RateLimiterMemory({ keyPrefix, points, duration: durationS });
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#keys.size;
  }

  /** For how long the key is used up, 0 when it is not; counts nothing. */
  async waitMs(key: string): Promise<number> {
    const count = await this.#limiter.get(key);
    return count && count.consumedPoints >= this.#limiter.points ? Math.max(0, count.msBeforeNext) : 0;
  }

  /** Counts one. Rejects with RateLimiterRes when the key is used up. */
  async consume(key: string): Promise<void> {
    this.#keys.delete(key);
    this.#keys.add(key);
    const [oldest] = this.#keys;
    if (this.#keys.size > this.#capacity && oldest !== undefined) this.forget(oldest);
    await this.#limiter.consume(key);
  }

  forget(key: string): void {
    this.#keys.delete(key);
    void this.#limiter.delete(key);
  }
}
