import { treePath, type TreeOwner } from '#core/domain/file-tree.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';
import { authoriseTree } from './authorise-tree.ts';

/** Removes a file, or everything below a folder; sealed manifests keep what they name. @throws Fault `invalid`, `not_found`, `forbidden`. */
export async function deleteFiles(
  ports: Pick<Ports, 'catalog' | 'writer' | 'clock'>,
  principal: Principal,
  ask: { readonly owner: TreeOwner; readonly path: string },
): Promise<void> {
  const { owner } = ask;
  const path = treePath(ask.path);
  await authoriseTree(ports, principal, { owner, permission: 'file:write' });
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [
      { kind: 'delete-files', owner, path },
      audited(principal, { action: 'files.deleted', subject: subjectOf(owner), details: { path } }),
    ],
  });
}

function subjectOf(owner: TreeOwner): string {
  if (owner.kind === 'run') return `run ${owner.run}`;
  return owner.kind === 'model' ? `model ${owner.model}` : 'files of no run';
}
