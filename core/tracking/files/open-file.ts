import { Fault } from '#core/domain/fault.ts';
import { treePath, type TreeFile, type TreeOwner } from '#core/domain/file-tree.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { authoriseTree } from './authorise-tree.ts';

export interface OpenedFile {
  readonly file: TreeFile;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A file's facts and its bytes, verified on the way. @throws Fault `invalid` (path), `not_found`, `forbidden`, `corrupt`. */
export async function openFile(
  ports: Pick<Ports, 'catalog' | 'blobs'>,
  principal: Principal,
  ask: { readonly owner: TreeOwner; readonly path: string },
): Promise<OpenedFile> {
  const path = treePath(ask.path);
  await authoriseTree(ports, principal, { owner: ask.owner, permission: 'file:read' });
  const file = await ports.catalog.file(ask.owner, path);
  if (!file) throw new Fault('not_found', `No such artifact: '${path}'`, { subject: 'file' });
  return { file, bytes: await ports.blobs.get(file.digest) };
}
