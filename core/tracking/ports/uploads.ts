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
 * Uploads in parts: known to every process that serves the store, also after a restart. Their bytes are no blobs yet, and need not
 * outlive a power failure: what is put together from them is verified.
 */
export interface UploadStore {
  open(upload: Omit<Upload, 'answer'>): Promise<void>;
  find(id: string): Promise<Upload | undefined>;
  /** How many are there, completed ones included; cheap. */
  count(): Promise<number>;
  /** Every one that is there. */
  list(): Promise<readonly Upload[]>;
  /**
   * Streams a part in; it takes the place of an earlier one of its number. Rejects with `not_found` without the upload, `too_large` beyond
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
  /** Keeps what it came to, then gives the space of the parts back. */
  settle(id: string, answer: NonNullable<Upload['answer']>): Promise<void>;
  /** Forgets it with all its parts; idempotent. */
  close(id: string): Promise<void>;
}
