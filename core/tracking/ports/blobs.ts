import type { BlobDigest } from '#core/domain/ids.ts';

export interface StoredBlob {
  readonly digest: BlobDigest;
  readonly sizeBytes: number;
}

/** Bytes named by their SHA-256. */
export interface BlobStore {
  /**
   * Streams bytes in, hashing as they come; durable when it resolves; equal bytes are kept once. A source that fails
   * leaves nothing. Rejects with `too_large` beyond `limitBytes`, `unavailable` when the disk is full.
   */
  put(source: AsyncIterable<Uint8Array>, limitBytes?: number): Promise<StoredBlob>;
  /** Streams the bytes; they are verified on the way and a mismatch fails the stream with `corrupt` at its end. `not_found` before the first byte. */
  get(digest: BlobDigest): Promise<AsyncIterable<Uint8Array>>;
  has(digest: BlobDigest): Promise<boolean>;
  /** Every blob that is there, in no order; one that comes or goes meanwhile may be missed. */
  list(): AsyncIterable<BlobDigest>;
  /**
   * Deletes a blob that nobody stored again since a time (ms UTC): an upload of the same bytes that is about to name
   * them keeps them, also when it comes at the same moment. True when the bytes are gone.
   */
  remove(digest: BlobDigest, ask: { readonly unlessStoredSince: number }): Promise<boolean>;
}
