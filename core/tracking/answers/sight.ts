import type { ProjectId, WorkspaceId } from '#core/domain/ids.ts';
import type { Project } from '#core/domain/project.ts';
import type { Run } from '#core/domain/run.ts';
import { registryReach, type RegistryReach } from '../access/authorise-registry.ts';
import { may } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';

/** What whoever asks may see of a workspace: found out once, asked of everything that an answer holds. */
export interface Sight {
  readonly workspace: WorkspaceId;
  /** Whether he reads the runs of the whole workspace, also of projects to come. */
  readonly isWide: boolean;
  /** The projects whose runs he may read, deleted ones included. */
  readonly projects: ReadonlyMap<ProjectId, Project>;
  readonly sees: (run: Pick<Run, 'project'>) => boolean;
  readonly reaches: RegistryReach;
}

export async function sightOf(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  workspace: WorkspaceId,
): Promise<Sight> {
  const [all, reaches] = await Promise.all([
    ports.catalog.projects(workspace, 'all'),
    registryReach(ports, principal, workspace),
  ]);
  const readable = all.filter(({ id }) => may(principal, 'run:read', { project: id, workspace }));
  const projects = new Map(readable.map((project) => [project.id, project]));
  return {
    workspace,
    isWide: may(principal, 'run:read', { workspace }),
    projects,
    sees: ({ project }) => projects.has(project),
    reaches,
  };
}
