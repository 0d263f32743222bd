import { Fault } from '#core/domain/fault.ts';
import type { ProjectId, WorkspaceId } from '#core/domain/ids.ts';
import type { Permission } from '#core/domain/permission.ts';
import type { Project } from '#core/domain/project.ts';
import { authoriseVisible, hideMissing } from '../access/hide-missing.ts';
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
  const notFound = () => noProject(`No project with id '${ask.project}' exists.`);
  if (!project) throw hideMissing(principal, { permission, notFound });
  const place = { project: project.id, workspace: project.workspace };
  authoriseVisible(principal, { permission, notFound, place });
  return project;
}

/** @throws Fault `not_found`, `forbidden`. Deleted projects are found by name as well. */
export async function findProjectByName(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly workspace: WorkspaceId; readonly name: string },
): Promise<Project> {
  const project = await ports.catalog.projectByName(ask.workspace, ask.name);
  const permission = 'project:read';
  const notFound = () => noProject(`Could not find project with name '${ask.name}'.`);
  if (!project) throw hideMissing(principal, { permission, notFound });
  const place = { project: project.id, workspace: project.workspace };
  authoriseVisible(principal, { permission, notFound, place });
  return project;
}

function noProject(message: string): Fault {
  return new Fault('not_found', message, { subject: 'project' });
}
