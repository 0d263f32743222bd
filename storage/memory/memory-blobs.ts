import { createHash } from 'node:crypto';
import { Fault } from '#core/domain/fault.ts';
import type { BlobDigest } from '#core/domain/ids.ts';
import type { BlobStore, StoredBlob } from '#core/tracking/ports/blobs.ts';
import { missing } from '#storage/sql/refusals.ts';

export class MemoryBlobs implements BlobStore {
  readonly #blobs = new Map<BlobDigest, { readonly bytes: Uint8Array; readonly storedAt: number }>();

  async put(source: AsyncIterable<Uint8Array>, limitBytes = Infinity): Promise<StoredBlob> {
    const { bytes, ...stored } = await collect(source, limitBytes);
    this.#blobs.set(stored.digest, { bytes, storedAt: Date.now() });
    return stored;
  }

  async get(digest: BlobDigest): Promise<AsyncIterable<Uint8Array>> {
    const blob = this.#blobs.get(digest);
    if (!blob) throw missing('blob', `No blob ${digest}.`);
    return ReadableStream.from([blob.bytes.slice()]);
  }

  async has(digest: BlobDigest): Promise<boolean> {
    return this.#blobs.has(digest);
  }

  async *list(): AsyncGenerator<BlobDigest> {
    yield* Array.from(this.#blobs.keys());
  }

  async remove(
    digest: BlobDigest,
    { unlessStoredSince }: { readonly unlessStoredSince: number },
  ): Promise<boolean> {
    const isNew = (this.#blobs.get(digest)?.storedAt ?? -1) >= unlessStoredSince;
    if (!isNew) this.#blobs.delete(digest);
    return !isNew;
  }
}

/** All bytes in memory. @throws Fault `too_large`. */
export async function collect(
  source: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<StoredBlob & { readonly bytes: Uint8Array }> {
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const part of source) {
    sizeBytes += part.byteLength;
    if (sizeBytes > limitBytes) throw new Fault('too_large', `A file may hold ${limitBytes} bytes at most.`);
    parts.push(part);
  }
  const bytes = Buffer.concat(parts);
  const digest = createHash('sha256').update(bytes).digest('hex') as BlobDigest;
  return { digest, sizeBytes, bytes };
}
