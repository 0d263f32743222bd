import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { Fault } from '#core/domain/fault.ts';
import type { BlobDigest } from '#core/domain/ids.ts';

const PART_BYTES = 256 * 1024;

/**
 * The bytes of a file, hashed on the way and held back by one part: a reader that counts bytes never has them all before
 * they are known to be right. The file is open from the first byte asked for until the end, or until the
 * reader leaves: whoever asks and never reads leaks nothing.
 * @throws Fault `corrupt` before the last part when the bytes are not those that the digest names, or cannot be read.
 */
export async function* verified(
  path: string,
  digest: BlobDigest,
): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await open(path);
  try {
    const hash = createHash('sha256');
    let held: Uint8Array | undefined;
    for (;;) {
      const { bytesRead, buffer } = await readPart(file, digest);
      if (bytesRead === 0) break;
      const part = buffer.subarray(0, bytesRead);
      hash.update(part);
      if (held) yield held;
      held = part;
    }
    if (hash.digest('hex') !== digest) {
      throw new Fault('corrupt', `The stored bytes of blob ${digest} are damaged.`, { subject: 'blob' });
    }
    if (held) yield held;
  } finally {
    await file.close();
  }
}

/** A disk that cannot read them back has damaged them as well: named, for whoever looks for the disk. */
async function readPart(file: FileHandle, digest: BlobDigest) {
  try {
    return await file.read(new Uint8Array(PART_BYTES), 0, PART_BYTES);
  } catch (error) {
    const message = `The stored bytes of blob ${digest} cannot be read.`;
    throw new Fault('corrupt', message, { subject: 'blob' }, error);
  }
}
