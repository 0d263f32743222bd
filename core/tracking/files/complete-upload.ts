import { Fault } from '#core/domain/fault.ts';
import type { Principal } from '../access/principal.ts';
import type { StoredBlob } from '../ports/blobs.ts';
import type { Ports } from '../ports/ports.ts';
import type { Upload, UploadedPart, UploadStore } from '../ports/uploads.ts';
import { findUpload, type UploadRef } from './find-upload.ts';
import { putFile } from './put-file.ts';

type Needs = Pick<Ports, 'catalog' | 'writer' | 'clock' | 'blobs' | 'uploads'>;

export interface CompleteUpload extends UploadRef {
  /** Each part that was sent, with the SHA-256 that was answered to it. */
  readonly parts: ReadonlyArray<{ readonly number: number; readonly digest: string }>;
  readonly limitBytes?: number;
}

/** What this process puts together now: a client that lost patience and asks again waits for the same. */
const atWork = new WeakMap<UploadStore, Map<string, Promise<StoredBlob>>>();

/**
 * Puts the parts together and names the file. Asked again it gives the same answer: putting a large file together may take longer
 * than a client waits. Two servers that are asked at once both do it, and store the same bytes under the same name.
 * @throws Fault `invalid` (a part is missing, doubled, unknown or not the one that was received) and whatever putFile
 * throws; the upload stays open then.
 */
export async function completeUpload(
  ports: Needs,
  principal: Principal,
  ask: CompleteUpload,
): Promise<StoredBlob> {
  const upload = await findUpload(ports, principal, ask);
  if (upload.answer) return stored(upload.answer);
  const works = atWork.get(ports.uploads) ?? new Map<string, Promise<StoredBlob>>();
  atWork.set(ports.uploads, works);
  const known = works.get(upload.id);
  if (known) return known;
  const work = putTogether(ports, principal, { ...ask, upload }).finally(() => works.delete(upload.id));
  works.set(upload.id, work);
  return work;
}

/** Forgets an upload and what was sent of it; a file that was completed stays. @throws Fault `not_found`, `forbidden`. */
export async function abortUpload(
  ports: Pick<Ports, 'catalog' | 'clock' | 'uploads'>,
  principal: Principal,
  ask: UploadRef,
): Promise<void> {
  const upload = await findUpload(ports, principal, ask);
  // A client that lost patience aborts what is at work: the parts are being read until it ends.
  await atWork
    .get(ports.uploads)
    ?.get(upload.id)
    ?.catch(() => {});
  await ports.uploads.close(upload.id);
}

async function putTogether(
  ports: Needs,
  principal: Principal,
  ask: Omit<CompleteUpload, 'upload'> & { readonly upload: Upload },
): Promise<StoredBlob> {
  const { upload, limitBytes } = ask;
  const parts = partsInOrder(upload, await ports.uploads.parts(upload.id), ask.parts);
  try {
    const blob = await putFile(ports, principal, {
      owner: upload.owner,
      path: upload.path,
      bytes: joined(ports.uploads, upload.id, parts),
      ...(limitBytes !== undefined && { limitBytes }),
    });
    await ports.uploads.settle(upload.id, { ...stored(blob), at: ports.clock.now() });
    return blob;
  } catch (error) {
    // Another server was asked as well, was quicker, and took the parts away.
    const answer = (await ports.uploads.find(upload.id))?.answer;
    if (answer) return stored(answer);
    throw error;
  }
}

function stored({ digest, sizeBytes }: StoredBlob): StoredBlob {
  return { digest, sizeBytes };
}

/** @throws Fault `invalid`. */
function partsInOrder(
  { partCount }: Upload,
  received: readonly UploadedPart[],
  named: CompleteUpload['parts'],
): readonly UploadedPart[] {
  const digests = new Map(named.map((part) => [part.number, part.digest]));
  const refuse = (why: string): never => {
    throw new Fault('invalid', `The upload cannot be completed: ${why}.`, { field: 'parts' });
  };
  if (digests.size < named.length) refuse('a part is named more than once');
  for (const number of digests.keys()) {
    if (!(number >= 1 && number <= partCount)) refuse(`there is no part ${number}`);
  }
  return Array.from({ length: partCount }, (_, at) => {
    const number = at + 1;
    const own = received.filter((part) => part.number === number);
    if (own.length === 0) return refuse(`part ${number} of ${partCount} was not received`);
    if (!digests.has(number)) return refuse(`part ${number} of ${partCount} is not named`);
    const part = own.find(({ digest }) => digest === digests.get(number));
    return part ?? refuse(`part ${number} has another ETag than was answered`);
  });
}

async function* joined(
  uploads: UploadStore,
  id: string,
  parts: readonly UploadedPart[],
): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield* uploads.read(id, part);
}
