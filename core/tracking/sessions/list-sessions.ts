import { accountId, isOver, SESSION_LIMITS, sessionOf, type Session } from '#core/domain/account.ts';
import { authorise } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';

export interface OwnSession extends Session {
  /** The one that asks. */
  readonly isCurrent: boolean;
}

export interface ListSessions {
  /** Of the session that asks; absent when a key does. */
  readonly secret?: string;
  readonly idleMs?: number;
}

/** One's own log-ins that still stand, the one used last first. A key of some projects sees none. @throws Fault `forbidden`. */
export async function listSessions(
  ports: Pick<Ports, 'identity' | 'secrets' | 'clock'>,
  principal: Principal,
  { secret, idleMs = SESSION_LIMITS.idleMs }: ListSessions = {},
): Promise<readonly OwnSession[]> {
  authorise(principal, 'account:self');
  if (principal.limit?.projects !== undefined) return [];
  const current = secret === undefined ? undefined : sessionOf(ports.secrets.hash(secret));
  const now = ports.clock.now();
  const sessions = await ports.identity.sessions(accountId(principal.id));
  return sessions
    .filter((session) => !isOver(session, now, idleMs))
    .map((session) => ({ ...session, isCurrent: session.id === current }));
}
