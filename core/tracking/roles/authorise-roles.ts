import type { RolePlace } from '#core/domain/account.ts';
import { authorise } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { findProject } from '../projects/find-project.ts';

/** @throws Fault `forbidden` unless the principal decides who holds roles there, `not_found`. */
export async function authoriseRoles(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  place: RolePlace,
): Promise<void> {
  if (place.scope === 'project') {
    await findProject(ports, principal, { project: place.project, permission: 'role:admin' });
  } else if (place.scope === 'workspace') {
    authorise(principal, 'role:admin', { workspace: place.workspace });
  } else {
    authorise(principal, 'role:admin');
  }
}
