// Bytes into a file, hashed as they stream: a whole file or none, and who failed, the source or this disk, told apart.
import { createHash } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { Fault } from '#core/domain/fault.ts';
import type { BlobDigest } from '#core/domain/ids.ts';
import type { StoredBlob } from '#core/tracking/ports/blobs.ts';

const PRIVATE_FILE = 0o600;
const RETRY_WHEN_FULL_SECONDS = 30;
/** Errors of a file system that is full (space, inodes, quota) or became read-only; nothing was stored. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);
/**
 * Errors after which nobody knows what the disk holds: a write or fsync that failed (a second one may say that all is
 * well when it is not, "Can Applications Recover from fsync Failures?", USENIX ATC 2020), and a directory that is gone.
 */
const FATAL: ReadonlySet<string> = new Set(['EIO', 'ENOENT', 'ENOTDIR']);

/** Writes a file or leaves none. @throws what the source threw; Fault `unavailable` when the disk is full; anything else as it came, after `onFatal` where it is. */
export async function orNothing<T>(
  path: string,
  onFatal: (error: unknown) => void,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const cause = error instanceof SourceFailure ? error.cause : error;
    if (cause === error && FATAL.has(codeOf(error))) onFatal(error);
    await rm(path, { force: true }).catch(() => undefined);
    throw cause === error && FULL.has(codeOf(error)) ? diskFull(error) : cause;
  }
}

/** Into a new file, to be called within `orNothing`. */
export async function writeHashed(
  path: string,
  source: AsyncIterable<Uint8Array>,
  { limitBytes, isDurable }: { readonly limitBytes: number; readonly isDurable: boolean },
): Promise<StoredBlob> {
  const file = await open(path, 'wx', PRIVATE_FILE);
  try {
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const part of told(source)) {
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

/** What the source failed with: it says nothing about this disk, though it may look alike. */
class SourceFailure extends Error {}

async function* told(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    throw new SourceFailure('the source failed', { cause: error });
  }
}

async function writeAll(file: FileHandle, part: Uint8Array): Promise<void> {
  let written = 0;
  while (written < part.byteLength) {
    written += (await file.write(part, written, part.byteLength - written)).bytesWritten;
  }
}

export function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code);
}

function diskFull(cause: unknown): Fault {
  const details = { retryAfterSeconds: RETRY_WHEN_FULL_SECONDS };
  return new Fault('unavailable', 'The disk is full or read-only; the file was not stored.', details, cause);
}
