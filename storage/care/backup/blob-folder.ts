import { link, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '#core/domain/fault.ts';
import { blobPath } from '#storage/blobs-fs/fs-blob-store.ts';
import { verified } from '#storage/blobs-fs/verified-stream.ts';
import { forEachAtOnce } from './at-once.ts';
import { sync } from '../durable-file.ts';
import type { NamedBlob } from '../named-blobs.ts';

/**
 * A folder that blobs are copied to, laid out as a store's. A blob has its name once its bytes are durable; that the
 * names are durable, too, is known after `finish`: a folder is synced once for all of its files.
 */
export class FolderOfBlobs {
  readonly directory: string;
  readonly #touched = new Set<string>();

  private constructor(directory: string) {
    this.directory = directory;
  }

  /** What an earlier process left unfinished is removed, so one process may have it open. */
  static async open(directory: string): Promise<FolderOfBlobs> {
    await rm(join(directory, 'tmp'), { recursive: true, force: true });
    for (const folder of ['tmp', 'blobs'])
      await mkdir(join(directory, folder), { recursive: true, mode: 0o700 });
    return new FolderOfBlobs(directory);
  }

  /** Whether it is there with its size; its bytes were verified when they were copied. */
  async has({ digest, sizeBytes }: NamedBlob): Promise<boolean> {
    return (await sizeOf(blobPath(this.directory, digest))) === sizeBytes;
  }

  async put({ digest }: NamedBlob, source: AsyncIterable<Uint8Array>): Promise<void> {
    const unfinished = join(this.directory, 'tmp', digest);
    const file = await open(unfinished, 'w', 0o600);
    try {
      for await (const part of source) await file.appendFile(part);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, join(await this.#folderOf(digest), digest));
  }

  /** False where hard links are not possible: another file system, or one that has none. */
  async link({ digest }: NamedBlob, source: string): Promise<boolean> {
    const target = join(await this.#folderOf(digest), digest);
    try {
      await rm(target, { force: true });
      await link(source, target);
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EXDEV' || code === 'EPERM' || code === 'EMLINK' || code === 'ENOTSUP') return false;
      throw error;
    }
  }

  async finish(): Promise<void> {
    await forEachAtOnce(this.#touched, sync);
    await sync(join(this.directory, 'blobs'));
    await sync(this.directory);
  }

  async #folderOf(digest: NamedBlob['digest']): Promise<string> {
    const folder = dirname(blobPath(this.directory, digest));
    if (!this.#touched.has(folder)) await mkdir(folder, { recursive: true, mode: 0o700 });
    this.#touched.add(folder);
    return folder;
  }
}

/**
 * Copies a blob, verifying its bytes on the way.
 * @throws Fault `corrupt` when the bytes are missing, shorter, or not those that the digest names.
 */
export async function copyBlob(ask: {
  readonly from: string;
  readonly to: FolderOfBlobs;
  readonly blob: NamedBlob;
  readonly link?: boolean;
}): Promise<void> {
  const { from, to, blob } = ask;
  const source = blobPath(from, blob.digest);
  const size = await sizeOf(source);
  if (size === undefined) throw damaged(blob, 'is missing');
  if (size !== blob.sizeBytes) throw damaged(blob, `has ${size} bytes instead of ${blob.sizeBytes}`);
  if (ask.link && (await to.link(blob, source))) {
    await readThrough(source, blob);
    return;
  }
  await to.put(blob, verified(source, blob.digest));
}

/** Reads a blob to its end. @throws Fault `corrupt`. */
export async function verifyBlob(directory: string, blob: NamedBlob): Promise<void> {
  const path = blobPath(directory, blob.digest);
  const size = await sizeOf(path);
  if (size === undefined) throw damaged(blob, 'is missing');
  if (size !== blob.sizeBytes) throw damaged(blob, `has ${size} bytes instead of ${blob.sizeBytes}`);
  await readThrough(path, blob);
}

async function readThrough(path: string, blob: NamedBlob): Promise<void> {
  const stream = verified(path, blob.digest);
  while (!(await stream.next()).done);
}

export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function damaged({ digest }: NamedBlob, what: string): Fault {
  return new Fault('corrupt', `The blob ${digest} ${what}.`, { subject: 'blob' });
}
