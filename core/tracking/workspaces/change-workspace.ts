import type { WorkspaceId } from '#core/domain/ids.ts';
import { assertWorkspaceWords, type Workspace } from '#core/domain/workspace.ts';
import { authorise } from '../access/authorise.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';
import { findWorkspace } from './find-workspace.ts';

type Needs = Pick<Ports, 'catalog' | 'writer' | 'clock'>;

/** Calls it otherwise or describes it; its id, which stands in addresses, stays. @throws Fault `not_found`, `forbidden`, `invalid`. */
export async function updateWorkspace(
  ports: Needs,
  principal: Principal,
  ask: { readonly workspace: WorkspaceId; readonly name?: string; readonly description?: string },
): Promise<Workspace> {
  const { workspace, name, description } = ask;
  const before = await findWorkspace(ports, principal, { workspace });
  authorise(principal, 'workspace:admin', { workspace });
  assertWorkspaceWords(ask);
  const details = { name: name ?? before.name };
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [
      {
        kind: 'update-workspace',
        workspace,
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description }),
      },
      audited(principal, { action: 'workspace.changed', subject: `workspace ${workspace}`, details }),
    ],
  });
  return findWorkspace(ports, principal, { workspace });
}

/**
 * Removes an empty workspace for good, with the roles that were given there.
 * @throws Fault `not_found`, `forbidden`, `conflict` (wrong-state) while it holds anything, `invalid` for `default`.
 */
export async function deleteWorkspace(
  ports: Needs,
  principal: Principal,
  { workspace }: { readonly workspace: WorkspaceId },
): Promise<void> {
  const { name } = await findWorkspace(ports, principal, { workspace });
  authorise(principal, 'server:admin');
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [
      { kind: 'delete-workspace', workspace },
      audited(principal, {
        action: 'workspace.deleted',
        subject: `workspace ${workspace}`,
        details: { name },
      }),
    ],
  });
}
