import type { Workspace } from '#core/domain/workspace.ts';
import { may } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { seenWorkspaces } from './sees-workspace.ts';

export interface WorkspaceOverview {
  readonly workspace: Workspace;
  /** Projects that are not deleted and that the asker may see. */
  readonly projects: number;
  /** Whether the asker names, describes and shares it. */
  readonly isAdmin: boolean;
}

/** The workspaces that the principal may know of, by name. */
export async function listWorkspaces(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
): Promise<WorkspaceOverview[]> {
  const [all, sees] = await Promise.all([ports.catalog.workspaces(), seenWorkspaces(ports, principal)]);
  const seen = all.filter(({ id }) => sees(id));
  const overviews = await Promise.all(seen.map((workspace) => overviewOf(ports, principal, workspace)));
  return overviews.toSorted((a, b) => a.workspace.name.localeCompare(b.workspace.name, 'en'));
}

/** One workspace with what the principal may see in it. */
export async function overviewOf(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  workspace: Workspace,
): Promise<WorkspaceOverview> {
  const { id } = workspace;
  const projects = (await ports.catalog.projects(id, 'active')).filter((project) =>
    may(principal, 'project:read', { project: project.id, workspace: id }),
  );
  const isAdmin = may(principal, 'workspace:admin', { workspace: id });
  return { workspace, projects: projects.length, isAdmin };
}
