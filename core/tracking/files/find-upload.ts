import { Fault } from '#core/domain/fault.ts';
import { treeKey, treePath, type TreeOwner } from '#core/domain/file-tree.ts';
import { authoriseTree } from './authorise-tree.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import type { Upload } from '../ports/uploads.ts';

export interface UploadRef {
  readonly upload: string;
  /** Where the upload was begun for. */
  readonly owner: TreeOwner;
  readonly path: string;
}

const LIFETIME_MS = 24 * 60 * 60 * 1000;
/** How long a client may ask again for the answer to a completion. */
const ANSWER_KEPT_MS = 60 * 60 * 1000;

export function isExpired({ openedAt, answer }: Upload, now: number): boolean {
  return answer ? answer.at + ANSWER_KEPT_MS <= now : openedAt + LIFETIME_MS <= now;
}

/** @throws Fault `not_found`. */
export async function openUpload(ports: Pick<Ports, 'uploads' | 'clock'>, id: string): Promise<Upload> {
  const upload = await ports.uploads.find(id);
  if (upload && !isExpired(upload, ports.clock.now())) return upload;
  throw new Fault('not_found', 'No such upload is open: it was aborted, or is older than a day.', {
    subject: 'upload',
  });
}

/** An upload is known only to those who may write where it goes. @throws Fault `not_found`, `forbidden`. */
export async function findUpload(
  ports: Pick<Ports, 'catalog' | 'clock' | 'uploads'>,
  principal: Principal,
  ask: UploadRef,
): Promise<Upload> {
  const path = treePath(ask.path);
  await authoriseTree(ports, principal, { owner: ask.owner, permission: 'file:write' });
  const upload = await openUpload(ports, ask.upload);
  if (upload.path === path && treeKey(upload.owner) === treeKey(ask.owner)) return upload;
  throw new Fault('not_found', 'The upload was begun for another file.', { subject: 'upload' });
}
