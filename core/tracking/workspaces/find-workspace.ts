import { Fault } from '#core/domain/fault.ts';
import { DEFAULT_WORKSPACE, type WorkspaceId } from '#core/domain/ids.ts';
import type { Workspace } from '#core/domain/workspace.ts';
import { may } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { seenWorkspaces } from './sees-workspace.ts';

/** @throws Fault `not_found`, also when the principal may not know of it. */
export async function findWorkspace(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly workspace: WorkspaceId },
): Promise<Workspace> {
  const workspace = await ports.catalog.workspace(ask.workspace);
  if (workspace && (await seenWorkspaces(ports, principal))(workspace.id)) return workspace;
  throw noWorkspace(ask.workspace);
}

/**
 * Says that a workspace is not there to whoever would see it if it were: his address has a slip of the pen. All others
 * are answered as by one that holds nothing of theirs.
 * @throws Fault `not_found`.
 */
export async function assertWorkspaceThere(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  workspace: WorkspaceId,
): Promise<void> {
  if (workspace === DEFAULT_WORKSPACE || !may(principal, 'project:read', { workspace })) return;
  if (!(await ports.catalog.workspace(workspace))) throw noWorkspace(workspace);
}

function noWorkspace(id: WorkspaceId): Fault {
  return new Fault('not_found', `No workspace '${id}' exists.`, { subject: 'workspace' });
}
