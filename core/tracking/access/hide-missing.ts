import type { Fault } from '#core/domain/fault.ts';
import { DEFAULT_WORKSPACE, type WorkspaceId } from '#core/domain/ids.ts';
import type { Permission } from '#core/domain/permission.ts';
import { forbidden, may } from './authorise.ts';
import type { Principal } from './principal.ts';

/**
 * What is said of a thing that is not there: `notFound` to whoever may read the whole workspace; to anybody else exactly
 * what he hears of one that is there and not his, so that nobody can find out which ids exist.
 */
export function hideMissing(
  principal: Principal,
  ask: {
    readonly permission: Permission;
    readonly notFound: Fault;
    readonly workspace?: WorkspaceId;
  },
): Fault {
  const workspace = ask.workspace ?? DEFAULT_WORKSPACE;
  return may(principal, 'project:read', { workspace }) ? ask.notFound : forbidden(ask.permission);
}
