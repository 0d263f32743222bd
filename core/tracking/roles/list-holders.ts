import type { Account, Team } from '#core/domain/account.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { authoriseRoles } from './authorise-roles.ts';
import { placeAsked, type PlaceAsk } from './place-asked.ts';

export interface Holders {
  readonly accounts: readonly Account[];
  readonly teams: readonly Team[];
}

/** Everybody whom the principal may give a role: at one project or workspace for its admins, anywhere for the server's. @throws Fault `forbidden`, `not_found`. */
export async function listHolders(
  ports: Pick<Ports, 'catalog' | 'identity'>,
  principal: Principal,
  ask: PlaceAsk = {},
): Promise<Holders> {
  await authoriseRoles(ports, principal, placeAsked(ask));
  const [accounts, teams] = await Promise.all([ports.identity.accounts(), ports.identity.teams()]);
  return { accounts, teams };
}
