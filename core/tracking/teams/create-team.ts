import type { AccountId, Team } from '#core/domain/account.ts';
import { authorise } from '../access/authorise.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';
import { storedTeam, teamName } from './stored-team.ts';

/** Makes a team. @throws Fault `forbidden`, `invalid` (name), `conflict` (exists), `not_found` (member). */
export async function createTeam(
  ports: Pick<Ports, 'identity' | 'writer' | 'clock' | 'ids'>,
  principal: Principal,
  ask: { readonly name: string; readonly members: readonly AccountId[] },
): Promise<Team> {
  authorise(principal, 'server:admin');
  const id = ports.ids.teamId();
  const name = teamName(ask.name);
  const details = { name, members: ask.members.join(' ') };
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [
      { kind: 'create-team', team: { id, name, members: ask.members } },
      audited(principal, { action: 'team.created', subject: `team ${id}`, details }),
    ],
  });
  return storedTeam(ports, id);
}
