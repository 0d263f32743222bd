import type { TreeOwner } from '#core/domain/file-tree.ts';
import { DEFAULT_WORKSPACE } from '#core/domain/ids.ts';
import { assertRunActive } from '#core/domain/run.ts';
import { Fault } from '#core/domain/fault.ts';
import { authorise } from '../access/authorise.ts';
import { hideMissing } from '../access/hide-missing.ts';
import type { Principal } from '../access/principal.ts';
import { findModel } from '../models/find-model.ts';
import type { Ports } from '../ports/ports.ts';
import { findRun } from '../runs/find-run.ts';

/** Asks for the permission at the owner's project. @throws Fault `not_found`, `forbidden`; `invalid` when a deleted run is written to. */
export async function authoriseTree(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly owner: TreeOwner; readonly permission: 'file:read' | 'file:write' },
): Promise<void> {
  const { owner, permission } = ask;
  if (owner.kind === 'loose') {
    const isHere = (await ports.catalog.workspace(DEFAULT_WORKSPACE)) !== undefined;
    if (!isHere) throw hideMissing(principal, { permission, notFound: noLooseFiles });
    authorise(principal, permission, { workspace: DEFAULT_WORKSPACE });
    return;
  }
  if (owner.kind === 'run') {
    const run = await findRun(ports, principal, { run: owner.run, permission });
    if (permission === 'file:write') assertRunActive(run);
    return;
  }
  await findModel(ports, principal, { model: owner.model, permission });
}

/** They are of the workspace `default`: within another one there are none. */
function noLooseFiles(): Fault {
  return new Fault('not_found', 'There is no run and no logged model that such a path belongs to.', {
    subject: 'file',
  });
}
