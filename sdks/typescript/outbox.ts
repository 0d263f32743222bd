import { Batch, type LogBody } from './batch.ts';
import type { Warn } from './warnings.ts';

export interface OutboxOptions {
  /** Sends one batch until it is acknowledged or refused; rejects only when nothing more shall be sent. */
  readonly deliver: (body: LogBody, key: string) => Promise<void>;
  readonly warn: Warn;
  /** How long something small waits for company. Short, because a person watches the curve. */
  readonly lingerMs?: number;
  /** Points, params and tags of one request. */
  readonly batchSize?: number;
  /** How many may be held while the server is away; more is dropped, the newest first. A million take some 60 MB. */
  readonly capacity?: number;
}

/**
 * What was logged and is not acknowledged yet, in order. One request is on its way at a time; meanwhile the next batch
 * fills. Adding never waits: `settled` does.
 */
export class Outbox {
  readonly #options: Required<OutboxOptions>;
  readonly #sealed: Batch[] = [];
  #open = new Batch();
  #held = 0;
  #dropped = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pump: Promise<void> | undefined;

  constructor(options: OutboxOptions) {
    this.#options = { lingerMs: 250, batchSize: 10_000, capacity: 1_000_000, ...options };
  }

  /** Logged and not acknowledged. */
  get held(): number {
    return this.#held;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** @param write adds exactly one point, param or tag. */
  add(write: (batch: Batch) => void): void {
    const { capacity, batchSize, warn } = this.#options;
    if (this.#held >= capacity) {
      this.#dropped += 1;
      warn(`${capacity} values wait for the server; new ones are dropped until it takes them.`);
      return;
    }
    const before = this.#open.size;
    write(this.#open);
    // A param or tag that is set twice in one batch still counts once.
    this.#held += this.#open.size - before;
    if (this.#open.size >= batchSize) this.#seal();
    if (this.#sealed.length > 0) this.#start();
    else this.#linger();
  }

  /** Sends now and resolves when nothing is held; rejects when delivery has ended for good. */
  async settled(): Promise<void> {
    while (this.#held > 0) {
      this.#start();
      await this.#pump;
    }
  }

  #seal(): void {
    this.#sealed.push(this.#open);
    this.#open = new Batch();
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pump ??= this.#send().then(
      () => {
        this.#pump = undefined;
        this.#linger();
      },
      (error: unknown) => {
        this.#pump = undefined;
        throw error;
      },
    );
    // Whoever waits in `settled` sees the failure; without anybody waiting it must not end the process.
    this.#pump.catch(() => undefined);
  }

  /** Gives what arrived in the meantime its time to find company. */
  #linger(): void {
    if (this.#open.size === 0) return;
    this.#timer ??= unheld(setTimeout(() => this.#start(), this.#options.lingerMs));
  }

  async #send(): Promise<void> {
    // Not before `#pump` is set: what delivery itself logs must not start a second one.
    await Promise.resolve();
    if (this.#open.size > 0) this.#seal();
    for (let batch = this.#sealed[0]; batch; batch = this.#sealed[0]) {
      await this.#options.deliver(batch.body(), batch.key);
      this.#sealed.shift();
      this.#held -= batch.size;
    }
  }
}

/** A waiting batch alone keeps no process alive: the exit hooks send it. In a browser a timer is a number. */
function unheld(timer: ReturnType<typeof setTimeout>): ReturnType<typeof setTimeout> {
  if (typeof timer === 'object') timer.unref();
  return timer;
}
