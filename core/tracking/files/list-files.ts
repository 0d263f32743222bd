import { treeFolder, type TreeEntry, type TreeOwner } from '#core/domain/file-tree.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { authoriseTree } from './authorise-tree.ts';

/** One level of a tree, directories first; empty when there is nothing. @throws Fault `invalid` (path), `not_found` (owner), `forbidden`. */
export async function listFiles(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly owner: TreeOwner; readonly folder: string },
): Promise<readonly TreeEntry[]> {
  const folder = treeFolder(ask.folder);
  await authoriseTree(ports, principal, { owner: ask.owner, permission: 'file:read' });
  return ports.catalog.list(ask.owner, folder);
}
