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
}
