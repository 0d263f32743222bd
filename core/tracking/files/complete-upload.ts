import { Fault } from '#core/domain/fault.ts';
import { treeKey, treePath, type TreeOwner } from '#core/domain/file-tree.ts';
import type { Principal } from '../access/principal.ts';
import type { StagedBytes, StoredBlob } from '../ports/blobs.ts';
import type { Ports } from '../ports/ports.ts';
import { authoriseTree } from './authorise-tree.ts';
import type { OpenUpload, OpenUploads } from './open-uploads.ts';
import { putFile } from './put-file.ts';

type Needs = Pick<Ports, 'catalog' | 'writer' | 'clock' | 'blobs'> & { readonly uploads: OpenUploads };

export interface UploadRef {
  readonly upload: string;
  /** Where the upload was begun for. */
  readonly owner: TreeOwner;
  readonly path: string;
}

export interface CompleteUpload extends UploadRef {
  /** Each part that was sent, with the SHA-256 that was answered to it. */
  readonly parts: ReadonlyArray<{ readonly number: number; readonly digest: string }>;
  readonly limitBytes?: number;
}

/**
 * Puts the parts together and names the file. Asked again, also while it is at work, it gives the same answer: putting
 * a large file together may take longer than a client waits.
 * @throws Fault `invalid` (a part is missing, doubled, unknown or not the one that was received) and whatever putFile
 * throws; the upload stays open then.
 */
export async function completeUpload(
  ports: Needs,
  principal: Principal,
  ask: CompleteUpload,
): Promise<StoredBlob> {
  const upload = await findUpload(ports, principal, ask);
  if (upload.completion) return upload.completion;
  const parts = partsInOrder(upload, ask.parts);
  upload.completion = putTogether(ports, principal, { ...ask, path: upload.path, parts });
  try {
    const blob = await upload.completion;
    await ports.uploads.settle(upload, ports.clock.now());
    return blob;
  } catch (error) {
    delete upload.completion;
    throw error;
  }
}

/** Forgets an upload and what was sent of it; a file that was completed stays. @throws Fault `not_found`, `forbidden`. */
export async function abortUpload(
  ports: Pick<Ports, 'catalog' | 'clock'> & { readonly uploads: OpenUploads },
  principal: Principal,
  ask: UploadRef,
): Promise<void> {
  const upload = await findUpload(ports, principal, ask);
  // A client that lost patience aborts what is at work: the parts are being read until it ends.
  await upload.completion?.catch(() => {});
  await ports.uploads.close(upload);
}

/** An upload is known only to those who may write where it goes. */
async function findUpload(
  ports: Pick<Ports, 'catalog' | 'clock'> & { readonly uploads: OpenUploads },
  principal: Principal,
  ask: UploadRef,
): Promise<OpenUpload> {
  const path = treePath(ask.path);
  await authoriseTree(ports, principal, { owner: ask.owner, permission: 'file:write' });
  const upload = ports.uploads.find(ask.upload, ports.clock.now());
  if (upload.path === path && treeKey(upload.owner) === treeKey(ask.owner)) return upload;
  throw new Fault('not_found', 'The upload was begun for another file.', { subject: 'upload' });
}

function partsInOrder(upload: OpenUpload, named: CompleteUpload['parts']): StagedBytes[] {
  const digests = new Map(named.map((part) => [part.number, part.digest]));
  const refuse = (why: string): never => {
    throw new Fault('invalid', `The upload cannot be completed: ${why}.`, { field: 'parts' });
  };
  if (digests.size < named.length) refuse('a part is named more than once');
  for (const number of digests.keys()) {
    if (!(number >= 1 && number <= upload.partCount)) refuse(`there is no part ${number}`);
  }
  return Array.from({ length: upload.partCount }, (_, at) => {
    const part = upload.parts.get(at + 1);
    if (!part) return refuse(`part ${at + 1} of ${upload.partCount} was not received`);
    if (!digests.has(at + 1)) return refuse(`part ${at + 1} of ${upload.partCount} is not named`);
    if (digests.get(at + 1) !== part.digest)
      return refuse(`part ${at + 1} has another ETag than was answered`);
    return part;
  });
}

function putTogether(
  ports: Needs,
  principal: Principal,
  ask: UploadRef & { readonly parts: readonly StagedBytes[]; readonly limitBytes?: number },
): Promise<StoredBlob> {
  const { owner, path, parts, limitBytes } = ask;
  return putFile(ports, principal, {
    owner,
    path,
    bytes: joined(parts),
    ...(limitBytes !== undefined && { limitBytes }),
  });
}

async function* joined(parts: readonly StagedBytes[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield* part.read();
}
