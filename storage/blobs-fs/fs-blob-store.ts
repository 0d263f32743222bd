// Blobs in a directory: tmp/<random> is written and hashed as it streams, fsynced, renamed to blobs/aa/<sha256>, and
// the folder is fsynced; only then is the blob stored. A crash leaves nothing but garbage in tmp/.
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '#core/domain/fault.ts';
import type { BlobDigest } from '#core/domain/ids.ts';
import type { BlobStore, StoredBlob } from '#core/tracking/ports/blobs.ts';
import { verified } from './verified-stream.ts';
import { codeOf, orNothing, writeHashed } from './write-hashed.ts';

const PRIVATE_FOLDER = 0o700;
export interface FsBlobOptions {
  /** Called when what is on the disk is unknown: a process that serves must end with a failure. */
  readonly onFatal?: (error: unknown) => void;
  /** Other processes have it open, too: of what is unfinished only what nobody wrote to for two days is removed. */
  readonly isShared?: boolean;
}

/** Twice as long as an upload in parts may take. */
const ABANDONED_MS = 48 * 3_600_000;

/**
 * Opens a directory of blobs, made when it is not there. What an earlier process left unfinished is removed, so only
 * one process may have it open unless all of them say that it is shared.
 */
export async function fsBlobStore(
  directory: string,
  { onFatal = () => undefined, isShared = false }: FsBlobOptions = {},
): Promise<BlobStore> {
  const unfinished = join(directory, 'tmp');
  await mkdir(join(directory, 'blobs'), { recursive: true, mode: PRIVATE_FOLDER });
  await mkdir(unfinished, { recursive: true, mode: PRIVATE_FOLDER });
  for (const name of await readdir(unfinished)) {
    const path = join(unfinished, name);
    if (!isShared || (await isAbandoned(path))) await rm(path, { force: true });
  }
  await syncFolder(directory);
  return new FsBlobStore(directory, onFatal);
}

async function isAbandoned(path: string): Promise<boolean> {
  // Its owner may finish it meanwhile.
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MS;
}

class FsBlobStore implements BlobStore {
  readonly #directory: string;
  readonly #turns = new Map<BlobDigest, Promise<void>>();

  readonly #onFatal: (error: unknown) => void;

  constructor(directory: string, onFatal: (error: unknown) => void) {
    this.#directory = directory;
    this.#onFatal = onFatal;
  }

  async put(source: AsyncIterable<Uint8Array>, limitBytes = Infinity): Promise<StoredBlob> {
    const unfinished = this.#unfinished();
    return orNothing(unfinished, this.#onFatal, async () => {
      const stored = await writeHashed(unfinished, source, { limitBytes, isDurable: true });
      await this.#inTurn(stored.digest, () => this.#keep(unfinished, stored.digest));
      return stored;
    });
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

  async *list(): AsyncGenerator<BlobDigest> {
    const blobs = join(this.#directory, 'blobs');
    for (const prefix of await readdir(blobs)) {
      for (const name of await readdir(join(blobs, prefix))) {
        if (/^[0-9a-f]{64}$/.test(name)) yield name as BlobDigest;
      }
    }
  }

  /** The time of a file is when it was last stored: storing equal bytes again replaces it. */
  async remove(
    digest: BlobDigest,
    { unlessStoredSince }: { readonly unlessStoredSince: number },
  ): Promise<boolean> {
    return this.#inTurn(digest, async () => {
      const path = this.#path(digest);
      try {
        if ((await stat(path)).mtimeMs >= unlessStoredSince) return false;
        await rm(path);
        await syncFolder(dirname(path));
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw error;
      }
      return true;
    });
  }

  /** Storing and removing one digest come one after the other: between a look at a file and its end nothing is stored. */
  async #inTurn<T>(digest: BlobDigest, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(digest) ?? Promise.resolve();
    const mine = before.then(work);
    const turn = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#turns.set(digest, turn);
    try {
      return await mine;
    } finally {
      if (this.#turns.get(digest) === turn) this.#turns.delete(digest);
    }
  }

  /** Equal bytes that are there already are replaced by equal bytes: a damaged blob is healed by sending it again. */
  async #keep(unfinished: string, digest: BlobDigest): Promise<void> {
    const path = this.#path(digest);
    const folder = dirname(path);
    await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
    // Its time is when it was stored, not when its first byte came: that decides whether `remove` may have it.
    const now = new Date();
    await utimes(unfinished, now, now);
    await rename(unfinished, path);
    await syncFolder(folder);
    // Always: of two uploads that meet in a new folder only one made it, and either may be acknowledged first.
    await syncFolder(dirname(folder));
  }

  #unfinished(): string {
    return join(this.#directory, 'tmp', randomUUID());
  }

  #path(digest: BlobDigest): string {
    return blobPath(this.#directory, digest);
  }
}

/** Where a directory of blobs keeps one. */
export function blobPath(directory: string, digest: BlobDigest): string {
  return join(directory, 'blobs', digest.slice(0, 2), digest);
}

/** Makes the names in a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
