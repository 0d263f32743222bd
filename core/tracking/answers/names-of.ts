import type { Actor } from '#core/domain/actor.ts';
import type { Ports } from '../ports/ports.ts';

/** What people know an actor by. */
export type NameOf = (actor: Actor) => string;

const WITHOUT_ACCOUNT: Partial<Record<Actor['kind'], string>> = { local: 'owner', system: 'cairn' };

/**
 * Names of actors for an answer: an account's display name, `owner` in local mode, the id of an account that is gone. It decides nothing about who may
 * see them: whoever may see a thing may see who did it.
 */
export async function namesOf(ports: Pick<Ports, 'identity'>): Promise<NameOf> {
  const accounts = await ports.identity.accounts();
  const names = new Map<string, string>(
    accounts.map(({ displayName, id, name }) => [id, displayName || name]),
  );
  return ({ id, kind }) => WITHOUT_ACCOUNT[kind] ?? names.get(id) ?? id;
}
