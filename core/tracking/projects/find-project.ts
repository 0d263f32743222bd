import { Fault } from '#core/domain/fault.ts';
import type { ProjectId, WorkspaceId } from '#core/domain/ids.ts';
import type { Permission } from '#core/domain/permission.ts';
import type { Project } from '#core/domain/project.ts';
import { authorise } from '../access/authorise.ts';
import { hideMissing } from '../access/hide-missing.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';

/**
 * The project, deleted ones included, if the principal has the permission there.
 * @throws Fault `not_found`, `forbidden`.
 */
export async function findProject(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly project: ProjectId; readonly permission?: Permission },
): Promise<Project> {
  const { permission = 'project:read' } = ask;
  const project = await ports.catalog.project(ask.project);
  if (!project) {
    const notFound = noProject(`No project with id '${ask.project}' exists.`);
    throw hideMissing(principal, { permission, notFound });
  }
  authorise(principal, permission, { project: project.id, workspace: project.workspace });
  return project;
}

/** @throws Fault `not_found`, `forbidden`. Deleted projects are found by name as well. */
export async function findProjectByName(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly workspace: WorkspaceId; readonly name: string },
): Promise<Project> {
  const project = await ports.catalog.projectByName(ask.workspace, ask.name);
  if (!project) {
    const { workspace } = ask;
    const notFound = noProject(`Could not find project with name '${ask.name}'.`);
    throw hideMissing(principal, { permission: 'project:read', notFound, workspace });
  }
  authorise(principal, 'project:read', { project: project.id, workspace: project.workspace });
  return project;
}

function noProject(message: string): Fault {
  return new Fault('not_found', message, { subject: 'project' });
}
