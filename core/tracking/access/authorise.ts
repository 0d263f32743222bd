import { Fault } from '#core/domain/fault.ts';
import type { ProjectId, WorkspaceId } from '#core/domain/ids.ts';
import type { Permission } from '#core/domain/permission.ts';
import type { Principal, Role } from './principal.ts';

/** Where the permission is needed. A project's workspace is part of the question: grants on it hold in the project. */
export interface Place {
  readonly workspace?: WorkspaceId;
  readonly project?: ProjectId;
}

/** The least role that has each permission. Total, so that a new permission without a role does not compile. */
const LEAST_ROLE: Readonly<Record<Permission, Role>> = {
  'server:read': 'viewer',
  'server:admin': 'admin',
  'project:read': 'viewer',
  'project:write': 'editor',
  'run:read': 'viewer',
  'run:write': 'editor',
  'model:read': 'viewer',
  'model:write': 'editor',
  'file:read': 'viewer',
  'file:write': 'editor',
};

const RANK: Readonly<Record<Role, number>> = { viewer: 1, editor: 2, admin: 3 };

/** Whether the principal has the permission at this place. */
export function may(principal: Principal, permission: Permission, place: Place = {}): boolean {
  const needed = RANK[LEAST_ROLE[permission]];
  return principal.grants.some((grant) => {
    const isHere =
      grant.scope === 'server' ||
      (grant.scope === 'workspace' && grant.workspace === place.workspace) ||
      (grant.scope === 'project' && grant.project === place.project);
    return isHere && RANK[grant.role] >= needed;
  });
}

/** @throws Fault `forbidden` when the principal may not. */
export function authorise(principal: Principal, permission: Permission, place: Place = {}): void {
  if (!may(principal, permission, place)) {
    throw new Fault('forbidden', `Permission denied: ${permission} is needed here.`);
  }
}
