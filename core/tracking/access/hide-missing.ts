import type { Fault } from '#core/domain/fault.ts';
import type { Permission } from '#core/domain/permission.ts';
import { forbidden, may, type Place } from './authorise.ts';
import type { Principal } from './principal.ts';

// What is not there and what is there and not his are told apart by nobody: not by ids, not across workspaces.

export interface Hidden {
  readonly permission: Permission;
  /** What is said of a thing of this kind that is not there. */
  readonly notFound: () => Fault;
}

/** What is said of a thing that is not there: `notFound` to whoever reads a whole workspace, `forbidden` to the rest. */
export function hideMissing(principal: Principal, { permission, notFound }: Hidden): Fault {
  return readsSomeWorkspace(principal) ? notFound() : forbidden(permission);
}

/**
 * As `authorise`, for a thing that is there: one that the principal does not even read is refused as if it were not.
 * @throws Fault `forbidden`, `notFound`.
 */
export function authoriseVisible(principal: Principal, ask: Hidden & { readonly place: Place }): void {
  const { permission, place } = ask;
  if (may(principal, permission, place)) return;
  throw may(principal, 'project:read', place) ? forbidden(permission) : hideMissing(principal, ask);
}

function readsSomeWorkspace(principal: Principal): boolean {
  return principal.grants.some(
    (grant) =>
      grant.scope !== 'project' &&
      may(principal, 'project:read', grant.scope === 'workspace' ? { workspace: grant.workspace } : {}),
  );
}
