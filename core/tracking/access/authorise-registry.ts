import type { WorkspaceId } from '#core/domain/ids.ts';
import type { Permission } from '#core/domain/permission.ts';
import type { RegisteredModel } from '#core/domain/registry.ts';
import type { Ports } from '../ports/ports.ts';
import { forbidden, may } from './authorise.ts';
import { hideMissing, type Hidden } from './hide-missing.ts';
import { namedProjects } from './named-projects.ts';
import type { Principal } from './principal.ts';

/** Where a registered model is, and who made it. */
export type RegistryPlace = Pick<RegisteredModel, 'workspace' | 'project' | 'createdBy'>;

/** Whether the principal has a permission at a registered model, asked once and then of many. */
export type RegistryReach = (permission: Permission, model: RegistryPlace) => boolean;

/**
 * A registered model is in its workspace and, when it has one, in its home project: a role at either holds there. One that has no home
 * yet is also its creator's, to read and to write, while he edits any project of the workspace: clients create the name
 * first, and the version, by which it gets its home, right after.
 */
export async function registryReach(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  workspace: WorkspaceId,
): Promise<RegistryReach> {
  const editsHere = await editsSomewhere(ports, principal, workspace);
  return (permission, model) => {
    if (model.workspace !== workspace) return false;
    const { project } = model;
    if (may(principal, permission, { workspace, ...(project !== undefined && { project }) })) return true;
    const isOpenToCreator = permission === 'registry:read' || permission === 'registry:write';
    return project === undefined && isOpenToCreator && editsHere && isCreator(principal, model);
  };
}

/** For a model that was found. @throws Fault `forbidden`. */
export async function authoriseRegistry(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly permission: Permission; readonly model: RegistryPlace },
): Promise<void> {
  const { model, permission } = ask;
  const reaches = await registryReach(ports, principal, model.workspace);
  if (!reaches(permission, model)) throw forbidden(permission);
}

/** For one that is looked for: what the principal does not even read is refused as if it were not there. @throws Fault `forbidden`, `notFound`. */
export async function authoriseVisibleModel(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: Hidden & { readonly model: RegistryPlace },
): Promise<void> {
  const { model, permission } = ask;
  const reaches = await registryReach(ports, principal, model.workspace);
  if (reaches(permission, model)) return;
  throw reaches('registry:read', model) ? forbidden(permission) : hideMissing(principal, ask);
}

/** New names are for whoever edits the workspace, or any of its projects. @throws Fault `forbidden`. */
export async function authoriseNewModel(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  workspace: WorkspaceId,
): Promise<void> {
  if (!(await editsSomewhere(ports, principal, workspace))) throw forbidden('registry:write');
}

async function editsSomewhere(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  workspace: WorkspaceId,
): Promise<boolean> {
  if (may(principal, 'registry:write', { workspace })) return true;
  for (const id of namedProjects(principal)) {
    const project = await ports.catalog.project(id);
    if (project?.workspace !== workspace) continue;
    if (may(principal, 'registry:write', { workspace, project: id })) return true;
  }
  return false;
}

function isCreator({ kind, id }: Principal, { createdBy }: RegistryPlace): boolean {
  return createdBy.kind === kind && createdBy.id === id;
}
