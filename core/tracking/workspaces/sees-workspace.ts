import type { WorkspaceId } from '#core/domain/ids.ts';
import { may } from '../access/authorise.ts';
import { namedProjects } from '../access/named-projects.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';

/** Whether the principal may know of a workspace: he has a role on it, or in any of its projects. */
export type Sees = (workspace: WorkspaceId) => boolean;

/** Asked once and then of many. */
export async function seenWorkspaces(ports: Pick<Ports, 'catalog'>, principal: Principal): Promise<Sees> {
  const named = await Promise.all([...namedProjects(principal)].map((id) => ports.catalog.project(id)));
  const holding = new Set(
    named
      .filter((project) => project !== undefined)
      .filter(({ id: project, workspace }) => may(principal, 'project:read', { project, workspace }))
      .map(({ workspace }) => workspace),
  );
  return (workspace) => holding.has(workspace) || may(principal, 'project:read', { workspace });
}
