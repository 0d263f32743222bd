// Blobs in a directory: tmp/<random> is written and hashed as it streams, fsynced, renamed to blobs/aa/<sha256>, and
// the folder is fsynced; only then is the blob stored. A crash leaves nothing but garbage in tmp/.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '#core/domain/fault.ts';
import type { BlobDigest } from '#core/domain/ids.ts';
import type { BlobStore, StagedBytes, StoredBlob } from '#core/tracking/ports/blobs.ts';
import { verified } from './verified-stream.ts';

const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;
const RETRY_WHEN_FULL_SECONDS = 30;
/** Errors of a file system that is full (space, inodes, quota) or became read-only; nothing was stored. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);

/**
 * Opens a directory of blobs, made when it is not there. What an earlier process left unfinished is removed, so only
 * one process may have it open.
 */
export async function fsBlobStore(directory: string): Promise<BlobStore> {
  const unfinished = join(directory, 'tmp');
  await mkdir(join(directory, 'blobs'), { recursive: true, mode: PRIVATE_FOLDER });
  await mkdir(unfinished, { recursive: true, mode: PRIVATE_FOLDER });
  for (const name of await readdir(unfinished)) await rm(join(unfinished, name), { force: true });
  await syncFolder(directory);
  return new FsBlobStore(directory);
}

class FsBlobStore implements BlobStore {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async put(source: AsyncIterable<Uint8Array>, limitBytes = Infinity): Promise<StoredBlob> {
    const unfinished = this.#unfinished();
    return orNothing(unfinished, async () => {
      const stored = await writeHashed(unfinished, source, { limitBytes, isDurable: true });
      await this.#keep(unfinished, stored.digest);
      return stored;
    });
  }

  /** Staged bytes lie among what is unfinished, so the next process removes what this one leaves. */
  async stage(source: AsyncIterable<Uint8Array>, limitBytes = Infinity): Promise<StagedBytes> {
    const path = this.#unfinished();
    const stored = await orNothing(path, () => writeHashed(path, source, { limitBytes, isDurable: false }));
    return {
      ...stored,
      read: () => verified(path, stored.digest),
      discard: () => rm(path, { force: true }),
    };
  }

  async get(digest: BlobDigest): Promise<AsyncIterable<Uint8Array>> {
    if (await this.has(digest)) return verified(this.#path(digest), digest);
    throw new Fault('not_found', `No blob ${digest}.`, { subject: 'blob', reason: 'missing' });
  }

  async has(digest: BlobDigest): Promise<boolean> {
    try {
      return (await stat(this.#path(digest))).isFile();
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    }
  }

  /** Equal bytes that are there already are replaced by equal bytes: a damaged blob is healed by sending it again. */
  async #keep(unfinished: string, digest: BlobDigest): Promise<void> {
    const path = this.#path(digest);
    const folder = dirname(path);
    await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
    await rename(unfinished, path);
    await syncFolder(folder);
    // Always: of two uploads that meet in a new folder only one made it, and either may be acknowledged first.
    await syncFolder(dirname(folder));
  }

  #unfinished(): string {
    return join(this.#directory, 'tmp', randomUUID());
  }

  #path(digest: BlobDigest): string {
    return join(this.#directory, 'blobs', digest.slice(0, 2), digest);
  }
}

/** Writes a file or leaves none. */
async function orNothing<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    await rm(path, { force: true });
    throw isFull(error) ? diskFull(error) : error;
  }
}

async function writeHashed(
  path: string,
  source: AsyncIterable<Uint8Array>,
  { limitBytes, isDurable }: { readonly limitBytes: number; readonly isDurable: boolean },
): Promise<StoredBlob> {
  const file = await open(path, 'wx', PRIVATE_FILE);
  try {
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const part of source) {
      sizeBytes += part.byteLength;
      if (sizeBytes > limitBytes) {
        throw new Fault('too_large', `A file may hold ${limitBytes} bytes at most.`);
      }
      hash.update(part);
      await writeAll(file, part);
    }
    if (isDurable) await file.sync();
    return { digest: hash.digest('hex') as BlobDigest, sizeBytes };
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, part: Uint8Array): Promise<void> {
  let written = 0;
  while (written < part.byteLength) {
    written += (await file.write(part, written, part.byteLength - written)).bytesWritten;
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code);
}

function isFull(error: unknown): boolean {
  return FULL.has(codeOf(error));
}

function diskFull(cause: unknown): Fault {
  const details = { retryAfterSeconds: RETRY_WHEN_FULL_SECONDS };
  return new Fault('unavailable', 'The disk is full; the file was not stored.', details, cause);
}
