import type { Team, TeamId } from '#core/domain/account.ts';
import { Fault } from '#core/domain/fault.ts';
import { assertText } from '#core/domain/names.ts';
import type { Ports } from '../ports/ports.ts';

/** @throws Fault `not_found`. */
export async function storedTeam(ports: Pick<Ports, 'identity'>, id: TeamId): Promise<Team> {
  const team = await ports.identity.team(id);
  if (team) return team;
  throw new Fault('not_found', `No team with id ${id} exists.`, { subject: 'team' });
}

/** The name as it is stored: in lower case, so that two teams never look alike. @throws Fault `invalid`. */
export function teamName(typed: string): string {
  const name = typed.trim().toLowerCase();
  if (name === '') throw new Fault('invalid', 'A team has a name.', { subject: 'team', field: 'name' });
  assertText('name', name);
  return name;
}
