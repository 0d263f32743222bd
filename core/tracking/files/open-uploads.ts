import { Fault } from '#core/domain/fault.ts';
import type { TreeOwner } from '#core/domain/file-tree.ts';
import type { StagedBytes, StoredBlob } from '../ports/blobs.ts';

/** A file that arrives in parts. */
export interface OpenUpload {
  /** Unguessable: whoever has it may send parts, and nothing else. */
  readonly id: string;
  readonly owner: TreeOwner;
  readonly path: string;
  /** Parts are numbered from 1 to this. */
  readonly partCount: number;
  readonly parts: Map<number, StagedBytes>;
  /** Milliseconds UTC. */
  expiresAt: number;
  /** Set once the parts are being put together, and kept: to complete again is to ask for the same answer. */
  completion?: Promise<StoredBlob>;
}

/** More at once than any team needs, few enough to bound what abandoned ones hold. */
const OPEN_LIMIT = 1000;
const LIFETIME_MS = 24 * 60 * 60 * 1000;
/** How long a client may ask again for the answer to a completion. */
const ANSWER_KEPT_MS = 60 * 60 * 1000;

/** The uploads that were begun and neither aborted nor expired: those of this process, forgotten when it ends. */
export class OpenUploads {
  readonly #newId: () => string;
  readonly #open = new Map<string, OpenUpload>();

  /** @param newId makes ids of at least 128 random bits. */
  constructor(newId: () => string) {
    this.#newId = newId;
  }

  /** @throws Fault `unavailable` when too many are open. */
  async open(ask: Pick<OpenUpload, 'owner' | 'path' | 'partCount'>, now: number): Promise<OpenUpload> {
    await this.expire(now);
    const receiving = this.#open.values().filter((upload) => upload.completion === undefined);
    if ([...receiving].length >= OPEN_LIMIT) {
      throw new Fault('unavailable', `${OPEN_LIMIT} uploads in parts are open; try again later.`, {
        retryAfterSeconds: 30,
      });
    }
    const upload = { ...ask, id: this.#newId(), parts: new Map(), expiresAt: now + LIFETIME_MS };
    this.#open.set(upload.id, upload);
    return upload;
  }

  /** @throws Fault `not_found`. */
  find(id: string, now: number): OpenUpload {
    const upload = this.#open.get(id);
    if (upload && upload.expiresAt > now) return upload;
    throw new Fault(
      'not_found',
      'No such upload is open: it was aborted, is older than a day, or the server was started since.',
      { subject: 'upload' },
    );
  }

  /** Gives the space of the parts back once the file is there. */
  async settle(upload: OpenUpload, now: number): Promise<void> {
    upload.expiresAt = now + ANSWER_KEPT_MS;
    await discardParts(upload);
  }

  /** Forgets an upload and gives the space of its parts back. */
  async close(upload: OpenUpload): Promise<void> {
    this.#open.delete(upload.id);
    await discardParts(upload);
  }

  /** Closes what was abandoned a day ago. */
  async expire(now: number): Promise<void> {
    const expired = [...this.#open.values()].filter((upload) => upload.expiresAt <= now);
    for (const upload of expired) {
      // Parts are not taken away from under whoever reads them: the next round finds them again.
      if (upload.completion === undefined || upload.parts.size === 0) await this.close(upload);
    }
  }
}

async function discardParts({ parts }: OpenUpload): Promise<void> {
  const staged = [...parts.values()];
  parts.clear();
  for (const part of staged) await part.discard();
}
