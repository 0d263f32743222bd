import type { RoleBinding } from '#core/domain/account.ts';
import type { ProjectId } from '#core/domain/ids.ts';
import { authorise } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { authoriseRoles } from './authorise-roles.ts';

/** Who holds which role: what holds in one project, from above too, for its admins; everywhere for the server's. @throws Fault `forbidden`, `not_found`. */
export async function listRoles(
  ports: Pick<Ports, 'catalog' | 'identity'>,
  principal: Principal,
  ask: { readonly project?: ProjectId } = {},
): Promise<readonly RoleBinding[]> {
  if (ask.project === undefined) {
    authorise(principal, 'role:admin');
    return ports.identity.roles();
  }
  const place = { scope: 'project', project: ask.project } as const;
  await authoriseRoles(ports, principal, place);
  const workspace = (await ports.catalog.project(ask.project))?.workspace;
  return (await ports.identity.roles()).filter(
    ({ place: at }) =>
      at.scope === 'server' ||
      (at.scope === 'workspace' && at.workspace === workspace) ||
      (at.scope === 'project' && at.project === ask.project),
  );
}
