import type { RoleBinding } from '#core/domain/account.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { authoriseRoles } from './authorise-roles.ts';
import { placeAsked, type PlaceAsk } from './place-asked.ts';

/** Who holds which role: what holds in one project or workspace, from above too, for its admins; everywhere for the server's. @throws Fault `forbidden`, `not_found`. */
export async function listRoles(
  ports: Pick<Ports, 'catalog' | 'identity'>,
  principal: Principal,
  ask: PlaceAsk = {},
): Promise<readonly RoleBinding[]> {
  const place = placeAsked(ask);
  await authoriseRoles(ports, principal, place);
  const roles = await ports.identity.roles();
  if (place.scope === 'server') return roles;
  const project = place.scope === 'project' ? place.project : undefined;
  const workspace =
    place.scope === 'workspace' ? place.workspace : (await ports.catalog.project(place.project))?.workspace;
  return roles.filter(
    ({ place: at }) =>
      at.scope === 'server' ||
      (at.scope === 'workspace' && at.workspace === workspace) ||
      (at.scope === 'project' && at.project === project),
  );
}
