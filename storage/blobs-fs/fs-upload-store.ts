// Uploads in parts, in a directory that every process of the store reaches: uploads/<id>/ticket.json says where it goes, a part is a
// file <number>-<sha256>-<size>, and answer.json what it came to. Everything appears by a rename, so that others see whole files only.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '#core/domain/fault.ts';
import type { BlobDigest } from '#core/domain/ids.ts';
import type { Upload, UploadedPart, UploadStore } from '#core/tracking/ports/uploads.ts';
import type { FsBlobOptions } from './fs-blob-store.ts';
import { verified } from './verified-stream.ts';
import { codeOf, orNothing, writeHashed } from './write-hashed.ts';

const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;
const ID = /^[0-9a-f]{64}$/;
const PART = /^(\d+)-([0-9a-f]{64})-(\d+)$/;
const TICKET = 'ticket.json';
const ANSWER = 'answer.json';

/** Opens the uploads beside the blobs of a directory. */
export async function fsUploadStore(
  directory: string,
  { onFatal = () => undefined }: Pick<FsBlobOptions, 'onFatal'> = {},
): Promise<UploadStore> {
  const root = join(directory, 'uploads');
  await mkdir(root, { recursive: true, mode: PRIVATE_FOLDER });
  return new FsUploadStore(root, onFatal);
}

class FsUploadStore implements UploadStore {
  readonly #root: string;
  readonly #onFatal: (error: unknown) => void;

  constructor(root: string, onFatal: (error: unknown) => void) {
    this.#root = root;
    this.#onFatal = onFatal;
  }

  async open(upload: Omit<Upload, 'answer'>): Promise<void> {
    const folder = this.#folder(upload.id);
    await mkdir(folder, { mode: PRIVATE_FOLDER });
    await this.#write(folder, TICKET, upload);
  }

  async find(id: string): Promise<Upload | undefined> {
    if (!ID.test(id)) return undefined;
    const folder = this.#folder(id);
    const upload = await readJson<Omit<Upload, 'answer'>>(join(folder, TICKET));
    const answer = upload && (await readJson<NonNullable<Upload['answer']>>(join(folder, ANSWER)));
    return upload && { ...upload, ...(answer && { answer }) };
  }

  async count(): Promise<number> {
    return (await readdir(this.#root)).length;
  }

  async list(): Promise<readonly Upload[]> {
    const found = await Promise.all((await readdir(this.#root)).map((id) => this.find(id)));
    return found.filter((upload) => upload !== undefined);
  }

  async putPart(
    id: string,
    { number, bytes, limitBytes }: Parameters<UploadStore['putPart']>[1],
  ): Promise<UploadedPart> {
    await this.#assertThere(id);
    const folder = this.#folder(id);
    const unfinished = join(folder, randomUUID());
    // A folder that is gone is an upload that somebody aborted, not a disk that failed.
    const ended = (error: unknown): void => {
      if (codeOf(error) !== 'ENOENT') this.#onFatal(error);
    };
    try {
      return await orNothing(unfinished, ended, async () => {
        const stored = await writeHashed(unfinished, bytes, { limitBytes, isDurable: false });
        const part = { number, ...stored };
        await rename(unfinished, join(folder, partName(part)));
        await this.#removeParts(id, (one) => one.number === number && one.digest !== part.digest);
        return part;
      });
    } catch (error) {
      await this.#assertThere(id);
      throw error;
    }
  }

  async parts(id: string): Promise<readonly UploadedPart[]> {
    const names = ID.test(id) ? await readdir(this.#folder(id)).catch(nothingIfGone) : [];
    return names.flatMap(partOf).toSorted((a, b) => a.number - b.number);
  }

  async *read(id: string, part: UploadedPart): AsyncGenerator<Uint8Array> {
    try {
      yield* verified(join(this.#folder(id), partName(part)), part.digest);
    } catch (error) {
      throw codeOf(error) === 'ENOENT' ? gone() : error;
    }
  }

  async settle(id: string, answer: NonNullable<Upload['answer']>): Promise<void> {
    await this.#write(this.#folder(id), ANSWER, answer);
    await this.#removeParts(id, () => true);
  }

  async close(id: string): Promise<void> {
    if (ID.test(id)) await rm(this.#folder(id), { recursive: true, force: true });
  }

  async #removeParts(id: string, isMeant: (part: UploadedPart) => boolean): Promise<void> {
    for (const part of await this.parts(id)) {
      if (isMeant(part)) await rm(join(this.#folder(id), partName(part)), { force: true });
    }
  }

  async #assertThere(id: string): Promise<void> {
    if (!(await this.find(id))) throw gone();
  }

  async #write(folder: string, name: string, value: object): Promise<void> {
    const unfinished = join(folder, randomUUID());
    await orNothing(unfinished, this.#onFatal, async () => {
      await writeFile(unfinished, JSON.stringify(value), { mode: PRIVATE_FILE });
      await rename(unfinished, join(folder, name));
    });
  }

  #folder(id: string): string {
    return join(this.#root, id);
  }
}

function partName({ number, digest, sizeBytes }: UploadedPart): string {
  return `${number}-${digest}-${sizeBytes}`;
}

function partOf(name: string): UploadedPart[] {
  const [, number, digest, sizeBytes] = PART.exec(name) ?? [];
  if (number === undefined) return [];
  return [{ number: Number(number), digest: digest as BlobDigest, sizeBytes: Number(sizeBytes) }];
}

async function readJson<Value>(path: string): Promise<Value | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Value;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function nothingIfGone(error: unknown): string[] {
  if (codeOf(error) === 'ENOENT') return [];
  throw error;
}

function gone(): Fault {
  return new Fault('not_found', 'The upload, or a part of it, is no longer there.', { subject: 'upload' });
}
