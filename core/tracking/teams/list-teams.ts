import type { Team } from '#core/domain/account.ts';
import { authorise } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';

/** By name. @throws Fault `forbidden`. */
export async function listTeams(
  ports: Pick<Ports, 'identity'>,
  principal: Principal,
): Promise<readonly Team[]> {
  authorise(principal, 'server:admin');
  return ports.identity.teams();
}
