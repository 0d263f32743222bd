import { Fault } from '#core/domain/fault.ts';
import type { ProjectId, WorkspaceId } from '#core/domain/ids.ts';
import type { Permission } from '#core/domain/permission.ts';
import type { Grant, Principal, Role } from './principal.ts';

/** Where the permission is needed. A project's workspace is part of the question: grants on it hold in the project. */
export interface Place {
  readonly workspace?: WorkspaceId;
  readonly project?: ProjectId;
}

/** The least role that has each permission. Total, so that a new permission without a role does not compile. */
const LEAST_ROLE: Readonly<Record<Permission, Role>> = {
  'server:read': 'viewer',
  'server:admin': 'admin',
  'account:self': 'viewer',
  'role:admin': 'admin',
  'workspace:admin': 'admin',
  'audit:read': 'admin',
  'project:read': 'viewer',
  'project:write': 'editor',
  'project:purge': 'admin',
  'run:read': 'viewer',
  'run:write': 'editor',
  'run:purge': 'admin',
  'model:read': 'viewer',
  'model:write': 'editor',
  'registry:read': 'viewer',
  'registry:write': 'editor',
  'registry:approve': 'editor',
  'registry:admin': 'admin',
  'file:read': 'viewer',
  'file:write': 'editor',
};

const RANK: Readonly<Record<Role, number>> = { viewer: 1, editor: 2, admin: 3 };

/** Whether a role gives at least what the other gives. */
export function isAtLeast(role: Role, other: Role): boolean {
  return RANK[role] >= RANK[other];
}

/** Whether the principal has the permission at this place: some grant of his gives it, and so does his key's limit, if a key speaks for him. */
export function may(principal: Principal, permission: Permission, place: Place = {}): boolean {
  const { grants, limit } = principal;
  const needed = LEAST_ROLE[permission];
  // Not a matter of places: who has an account has it, and what the server is may be known to all who have anything on it.
  if (permission === 'account:self') return hasAccount(principal);
  if (permission === 'server:read') return grants.length > 0;
  const isGranted = grants.some((grant) => isHere(grant, place) && isAtLeast(grant.role, needed));
  if (!isGranted || !limit) return isGranted;
  const isInProjects =
    !limit.projects || (place.project !== undefined && limit.projects.includes(place.project));
  return isInProjects && isAtLeast(limit.role, needed);
}

/** Whether an account asks: not the owner of local mode, and not somebody who has not logged in. */
export function hasAccount({ kind, id }: Principal): boolean {
  return (kind === 'user' || kind === 'service') && id !== '';
}

function isHere(grant: Grant, place: Place): boolean {
  if (grant.scope === 'server') return true;
  if (grant.scope === 'workspace') return grant.workspace === place.workspace;
  return grant.project === place.project;
}

/** @throws Fault `forbidden` when the principal may not. */
export function authorise(principal: Principal, permission: Permission, place: Place = {}): void {
  if (!may(principal, permission, place)) throw forbidden(permission);
}

/** The one sentence of every refusal: nothing in it tells whether the thing is there. */
export function forbidden(permission: Permission): Fault {
  return new Fault('forbidden', `Permission denied: ${permission} is needed here.`);
}
