// Uploads in parts, in a directory that every process of the store reaches: uploads/<id>/ holds open.json, which says where it goes, and a
// file for each part. Promise: what was answered is on the disk, and others see it whole or not at all (fsync, rename, fsync of the folder).
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '#core/domain/fault.ts';
import type { Upload, UploadedPart, UploadStore } from '#core/tracking/ports/uploads.ts';
import { syncFolder, type FsBlobOptions } from './fs-blob-store.ts';
import {
  ABORTED,
  answerNamed,
  isUploadId,
  OPEN,
  partName,
  partNamed,
  settledName,
  UNFINISHED,
} from './upload-names.ts';
import { verified } from './verified-stream.ts';
import { codeOf, orNothing, writeHashed } from './write-hashed.ts';

type Answer = NonNullable<Upload['answer']>;
type Ticket = Omit<Upload, 'answer'>;

const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;
/** Nobody makes a folder, or takes one away, for so long. */
const LEFT_BEHIND_MS = 60 * 60_000;

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

  async open(ticket: Ticket): Promise<void> {
    const making = this.#folder(`${ticket.id}${UNFINISHED}`);
    try {
      await orNothing(join(making, OPEN), this.#onFatal, async () => {
        await mkdir(making, { mode: PRIVATE_FOLDER });
        await writeDurably(join(making, OPEN), JSON.stringify(ticket));
        await syncFolder(making);
        await rename(making, this.#folder(ticket.id));
        await syncFolder(this.#root);
      });
    } catch (error) {
      await rm(making, { recursive: true, force: true }).catch(() => undefined);
      throw error;
    }
  }

  async find(id: string): Promise<Upload | undefined> {
    if (!isUploadId(id)) return undefined;
    const folder = this.#folder(id);
    const receiving = await readTicket(join(folder, OPEN));
    if (receiving) return receiving;
    for (const name of await namesIn(folder)) {
      const answer = answerNamed(name);
      const ticket = answer && (await readTicket(join(folder, name)));
      if (ticket) return { ...ticket, answer };
    }
    return undefined;
  }

  async count(): Promise<number> {
    return (await readdir(this.#root)).length;
  }

  async list(): Promise<readonly Upload[]> {
    const found: Upload[] = [];
    for (const name of await readdir(this.#root)) {
      const upload = await this.find(name);
      if (upload) found.push(upload);
      else await this.#sweep(this.#folder(name));
    }
    return found;
  }

  async putPart(
    id: string,
    { number, bytes, limitBytes }: Parameters<UploadStore['putPart']>[1],
  ): Promise<UploadedPart> {
    const upload = await this.find(id);
    if (!upload || upload.answer) throw gone();
    const folder = this.#folder(id);
    const unfinished = join(folder, randomUUID());
    // A folder that is gone is an upload that somebody ended, not a disk that failed.
    const onFatal = (error: unknown): void => {
      if (codeOf(error) !== 'ENOENT') this.#onFatal(error);
    };
    try {
      return await orNothing(unfinished, onFatal, async () => {
        const part = { number, ...(await writeHashed(unfinished, bytes, { limitBytes, isDurable: true })) };
        await rename(unfinished, join(folder, partName(part)));
        await syncFolder(folder);
        const replaced = (await this.parts(id)).filter(
          (one) => one.number === number && one.digest !== part.digest,
        );
        for (const one of replaced) await rm(join(folder, partName(one)), { force: true });
        return part;
      });
    } catch (error) {
      throw codeOf(error) === 'ENOENT' ? gone() : error;
    }
  }

  async parts(id: string): Promise<readonly UploadedPart[]> {
    const names = isUploadId(id) ? await namesIn(this.#folder(id)) : [];
    const parts = names.map(partNamed).filter((part) => part !== undefined);
    return parts.toSorted((a, b) => a.number - b.number);
  }

  async *read(id: string, part: UploadedPart): AsyncGenerator<Uint8Array> {
    try {
      yield* verified(join(this.#folder(id), partName(part)), part.digest);
    } catch (error) {
      throw codeOf(error) === 'ENOENT' ? gone() : error;
    }
  }

  async settle(id: string, answer: Answer): Promise<Answer> {
    const folder = this.#folder(id);
    if (await this.#isFirst(id, settledName(answer))) {
      await syncFolder(folder);
      for (const name of await namesIn(folder)) {
        if (name !== settledName(answer)) await rm(join(folder, name), { force: true });
      }
      return answer;
    }
    const settled = await this.find(id);
    if (settled?.answer) return settled.answer;
    throw gone();
  }

  async abort(id: string): Promise<void> {
    if (isUploadId(id) && (await this.#isFirst(id, ABORTED))) await this.forget(id);
  }

  async forget(id: string): Promise<void> {
    if (!isUploadId(id)) return;
    const going = this.#folder(`${randomUUID()}${UNFINISHED}`);
    // At once for everybody: what is still being written to it gets no name any more.
    const isHere = await rename(this.#folder(id), going).then(() => true, falseIfGone);
    if (isHere) await rm(going, { recursive: true, force: true });
  }

  /** Whether this process ended it, and no other. */
  async #isFirst(id: string, name: string): Promise<boolean> {
    const folder = this.#folder(id);
    return rename(join(folder, OPEN), join(folder, name)).then(() => true, falseIfGone);
  }

  /** What a killed process was making, or ended and did not come to take away. */
  async #sweep(folder: string): Promise<void> {
    const found = await stat(folder).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > LEFT_BEHIND_MS)
      await rm(folder, { recursive: true, force: true });
  }

  #folder(name: string): string {
    return join(this.#root, name);
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', PRIVATE_FILE);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readTicket(path: string): Promise<Ticket | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Ticket;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return [];
    throw error;
  }
}

function falseIfGone(error: unknown): false {
  if (codeOf(error) === 'ENOENT') return false;
  throw error;
}

function gone(): Fault {
  return new Fault('not_found', 'The upload, or a part of it, is no longer there.', { subject: 'upload' });
}
