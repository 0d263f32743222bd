import type { AccountId, Team, TeamId } from '#core/domain/account.ts';
import { authorise } from '../access/authorise.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';
import { storedTeam, teamName } from './stored-team.ts';

export interface UpdateTeam {
  readonly team: TeamId;
  readonly name?: string;
  /** All of them from now on. */
  readonly members?: readonly AccountId[];
}

/** Renames a team or replaces its members. @throws Fault `forbidden`, `not_found`, `invalid`, `conflict` (name taken, or the server's last admin would leave). */
export async function updateTeam(
  ports: Pick<Ports, 'identity' | 'writer' | 'clock'>,
  principal: Principal,
  { team, members, ...ask }: UpdateTeam,
): Promise<Team> {
  authorise(principal, 'server:admin');
  const name = ask.name === undefined ? undefined : teamName(ask.name);
  const details = { ...(name !== undefined && { name }), ...(members && { members: members.join(' ') }) };
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [
      { kind: 'update-team', team, ...(name !== undefined && { name }), ...(members && { members }) },
      audited(principal, { action: 'team.changed', subject: `team ${team}`, details }),
    ],
  });
  return storedTeam(ports, team);
}
