import type { TreeOwner } from '#core/domain/file-tree.ts';
import type { StoredBlob } from './blobs.ts';

/** A file that arrives in parts. */
export interface Upload {
  /** 64 hexadecimal digits that nobody can guess: whoever has it may send parts, and nothing else. */
  readonly id: string;
  readonly owner: TreeOwner;
  readonly path: string;
  /** Parts are numbered from 1 to this. */
  readonly partCount: number;
  /** Milliseconds UTC, as all times here. */
  readonly openedAt: number;
  /** What it came to, once it was completed. */
  readonly answer?: StoredBlob & { readonly at: number };
}

export interface UploadedPart extends StoredBlob {
  readonly number: number;
}

/**
 * Uploads in parts: known to every process that serves the store, also after a restart; durable when a promise resolves. Their bytes are
 * no blobs yet. An upload is settled or aborted, whichever any process asks for first, never both.
 */
export interface UploadStore {
  open(upload: Omit<Upload, 'answer'>): Promise<void>;
  find(id: string): Promise<Upload | undefined>;
  /** How many are there, settled ones included; cheap. */
  count(): Promise<number>;
  /** Every one that is there. What a killed process was making or taking away goes on the way. */
  list(): Promise<readonly Upload[]>;
  /**
   * Streams a part in; it takes the place of an earlier one of its number. Rejects with `not_found` unless the upload is open, `too_large` beyond
   * `limitBytes`, `unavailable` when the disk is full, and leaves nothing then.
   */
  putPart(
    id: string,
    part: { readonly number: number; readonly bytes: AsyncIterable<Uint8Array>; readonly limitBytes: number },
  ): Promise<UploadedPart>;
  /** What was received, by number. */
  parts(id: string): Promise<readonly UploadedPart[]>;
  /** The bytes of a part, verified on the way. Fails with `not_found` when it, or the upload, is gone. */
  read(id: string, part: UploadedPart): AsyncIterable<Uint8Array>;
  /**
   * Keeps what it came to, and gives the space of the parts back. Resolves with the answer that stands: an earlier one, when it was
   * settled before. Rejects with `not_found` when it was aborted.
   */
  settle(id: string, answer: NonNullable<Upload['answer']>): Promise<NonNullable<Upload['answer']>>;
  /** Ends it with all its parts; one that was settled stays. Idempotent. */
  abort(id: string): Promise<void>;
  /** Takes it away, settled or not. Idempotent. */
  forget(id: string): Promise<void>;
}
