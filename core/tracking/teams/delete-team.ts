import type { Team, TeamId } from '#core/domain/account.ts';
import { authorise } from '../access/authorise.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';
import { storedTeam } from './stored-team.ts';

/** Deletes a team with its roles; resolves with what it was. @throws Fault `forbidden`, `not_found`, `conflict` when the server's last admin is one by it. */
export async function deleteTeam(
  ports: Pick<Ports, 'identity' | 'writer' | 'clock'>,
  principal: Principal,
  { team: id }: { readonly team: TeamId },
): Promise<Team> {
  authorise(principal, 'server:admin');
  const team = await storedTeam(ports, id);
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [
      { kind: 'delete-team', team: id },
      audited(principal, { action: 'team.deleted', subject: `team ${id}`, details: { name: team.name } }),
    ],
  });
  return team;
}
