import type { WorkspaceId } from '#core/domain/ids.ts';
import { assertWorkspaceWords, type Workspace } from '#core/domain/workspace.ts';
import { authorise } from '../access/authorise.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';
import { findWorkspace } from './find-workspace.ts';

export interface CreateWorkspace {
  readonly workspace: WorkspaceId;
  /** What people call it; the id unless said. */
  readonly name?: string;
  readonly description?: string;
}

/** For admins of the server: an id is a name for all. @throws Fault `forbidden`, `invalid`, `conflict` (exists). */
export async function createWorkspace(
  ports: Pick<Ports, 'catalog' | 'writer' | 'clock'>,
  principal: Principal,
  { workspace, name = workspace, description = '' }: CreateWorkspace,
): Promise<Workspace> {
  authorise(principal, 'server:admin');
  assertWorkspaceWords({ name, description });
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [
      { kind: 'create-workspace', workspace, name, description },
      audited(principal, {
        action: 'workspace.created',
        subject: `workspace ${workspace}`,
        details: { name },
      }),
    ],
  });
  return findWorkspace(ports, principal, { workspace });
}
