import type { Account, Team } from '#core/domain/account.ts';
import type { ProjectId } from '#core/domain/ids.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { authoriseRoles } from './authorise-roles.ts';

export interface Holders {
  readonly accounts: readonly Account[];
  readonly teams: readonly Team[];
}

/** Everybody whom the principal may give a role: at one project for its admins, anywhere for the server's. @throws Fault `forbidden`, `not_found`. */
export async function listHolders(
  ports: Pick<Ports, 'catalog' | 'identity'>,
  principal: Principal,
  ask: { readonly project?: ProjectId } = {},
): Promise<Holders> {
  const place =
    ask.project === undefined
      ? ({ scope: 'server' } as const)
      : ({ scope: 'project', project: ask.project } as const);
  await authoriseRoles(ports, principal, place);
  const [accounts, teams] = await Promise.all([ports.identity.accounts(), ports.identity.teams()]);
  return { accounts, teams };
}
