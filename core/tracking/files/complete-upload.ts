import { Fault } from '#core/domain/fault.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import type { StoredBlob } from '../ports/blobs.ts';
import type { Ports } from '../ports/ports.ts';
import type { Upload, UploadedPart, UploadStore } from '../ports/uploads.ts';
import { findUpload, type UploadRef } from './find-upload.ts';

type Needs = Pick<Ports, 'catalog' | 'writer' | 'clock' | 'blobs' | 'uploads'>;

export interface CompleteUpload extends UploadRef {
  /** Each part that was sent, with the SHA-256 that was answered to it. */
  readonly parts: ReadonlyArray<{ readonly number: number; readonly digest: string }>;
  readonly limitBytes?: number;
}

/** What this process puts together now: a client that lost patience and asks again waits for the same. */
const atWork = new WeakMap<UploadStore, Map<string, Promise<StoredBlob>>>();

/**
 * Puts the parts together and names the file. Asked again it gives the same answer: putting a large file together may take longer than a
 * client waits. What several servers are asked, also beside an abort, is decided once, when the bytes are stored and nothing is named yet.
 * @throws Fault `invalid` (a part is missing, doubled, unknown or not the one that was received), `not_found` when it was aborted meanwhile,
 * and whatever putFile throws.
 */
export async function completeUpload(
  ports: Needs,
  principal: Principal,
  ask: CompleteUpload,
): Promise<StoredBlob> {
  const upload = await findUpload(ports, principal, ask);
  const { digest, sizeBytes } = upload.answer ?? (await putTogetherOnce(ports, { ...ask, upload }));
  // One that was settled by a server that was killed then has no name yet; the key sees to it that no later file is replaced.
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    once: `upload ${upload.id}`,
    changes: [{ kind: 'put-file', owner: upload.owner, path: upload.path, digest, sizeBytes }],
  });
  return { digest, sizeBytes };
}

/** Forgets an upload and what was sent of it; one that was completed stays as it is. @throws Fault `not_found`, `forbidden`. */
export async function abortUpload(
  ports: Pick<Ports, 'catalog' | 'clock' | 'uploads'>,
  principal: Principal,
  ask: UploadRef,
): Promise<void> {
  const { id } = await findUpload(ports, principal, ask);
  await ports.uploads.abort(id);
}

type Asked = Omit<CompleteUpload, 'upload'> & { readonly upload: Upload };

function putTogetherOnce(ports: Needs, ask: Asked): Promise<StoredBlob> {
  const { id } = ask.upload;
  const works = atWork.get(ports.uploads) ?? new Map<string, Promise<StoredBlob>>();
  atWork.set(ports.uploads, works);
  const work = works.get(id) ?? putTogether(ports, ask).finally(() => works.delete(id));
  works.set(id, work);
  return work;
}

async function putTogether(ports: Needs, ask: Asked): Promise<StoredBlob> {
  const { upload, limitBytes } = ask;
  try {
    const parts = partsInOrder(upload, await ports.uploads.parts(upload.id), ask.parts);
    const blob = await ports.blobs.put(joined(ports.uploads, upload.id, parts), limitBytes);
    return await ports.uploads.settle(upload.id, { ...blob, at: ports.clock.now() });
  } catch (error) {
    // Another server was asked as well, was quicker, and took the parts away.
    const answer = (await ports.uploads.find(upload.id))?.answer;
    if (answer) return answer;
    throw error;
  }
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
  const receivedAs = Map.groupBy(received, ({ number }) => number);
  return Array.from({ length: partCount }, (_, at) => {
    const number = at + 1;
    const own = receivedAs.get(number) ?? [];
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
