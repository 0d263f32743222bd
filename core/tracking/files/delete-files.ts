import { treePath, type TreeOwner } from '#core/domain/file-tree.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { authoriseTree } from './authorise-tree.ts';

/** Removes a file, or everything below a folder; sealed manifests keep what they name. @throws Fault `invalid`, `not_found`, `forbidden`. */
export async function deleteFiles(
  ports: Pick<Ports, 'catalog' | 'writer' | 'clock'>,
  principal: Principal,
  ask: { readonly owner: TreeOwner; readonly path: string },
): Promise<void> {
  const path = treePath(ask.path);
  await authoriseTree(ports, principal, { owner: ask.owner, permission: 'file:write' });
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [{ kind: 'delete-files', owner: ask.owner, path }],
  });
}
