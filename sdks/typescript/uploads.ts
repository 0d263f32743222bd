import { ApiError, type Client } from '#core/contract/client.ts';
import type { HeldBytes } from './host.ts';
import { reasonOf } from './retrying-fetch.ts';
import type { Warn } from './warnings.ts';

export interface UploadOptions {
  readonly client: Pick<Client, 'putRunFile'>;
  readonly run: string;
  readonly warn: Warn;
  readonly signal: AbortSignal;
}

/** Files on their way, one after the other, beside the points: a large model must not hold up a curve. */
export class Uploads {
  readonly #options: UploadOptions;
  #last: Promise<unknown> = Promise.resolve();
  #pending = 0;

  constructor(options: UploadOptions) {
    this.#options = options;
  }

  get pending(): number {
    return this.#pending;
  }

  /** Resolves true when stored, false when it could not be; never rejects. A later file of the same path wins. */
  add(path: string, bytes: Promise<HeldBytes>): Promise<boolean> {
    this.#pending += 1;
    // The bytes may fail before their turn comes; `#put` says so.
    bytes.catch(() => undefined);
    const stored = this.#last
      .then(() => this.#put(path, bytes))
      .finally(() => {
        this.#pending -= 1;
      });
    this.#last = stored;
    return stored;
  }

  async settled(): Promise<void> {
    await this.#last;
  }

  async #put(path: string, bytes: Promise<HeldBytes>): Promise<boolean> {
    const { client, run, warn, signal } = this.#options;
    let held: HeldBytes | undefined;
    try {
      held = await bytes;
      await client.putRunFile({ params: { run }, query: { path }, body: held.blob }, { signal });
      return true;
    } catch (error) {
      warn(`file '${path}' was not stored: ${error instanceof ApiError ? error.message : reasonOf(error)}`);
      return false;
    } finally {
      await held?.release();
    }
  }
}
