import { sessionOf, type SessionId } from '#core/domain/account.ts';
import { Fault } from '#core/domain/fault.ts';
import { authoriseSelf } from '../access/authorise-self.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';

type Needs = Pick<Ports, 'identity' | 'secrets' | 'writer' | 'clock'>;

/** Ends one of one's own log-ins at once, wherever it is open. @throws Fault `forbidden`; `not_found`, also for another account's. */
export async function endSession(
  ports: Needs,
  principal: Principal,
  ask: { readonly session: SessionId },
): Promise<void> {
  const account = authoriseSelf(principal);
  const sessions = await ports.identity.sessions(account);
  if (!sessions.some(({ id }) => id === ask.session)) {
    throw new Fault('not_found', 'There is no such session: it has ended.', { subject: 'session' });
  }
  const details = { session: ask.session };
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [
      { kind: 'end-session', session: ask.session },
      audited(principal, { action: 'session.ended', subject: `account ${account}`, details }),
    ],
  });
}

/** Ends all of one's own log-ins but the one that asks. @throws Fault `forbidden`. */
export async function endOtherSessions(
  ports: Needs,
  principal: Principal,
  ask: { readonly secret?: string },
): Promise<void> {
  const account = authoriseSelf(principal);
  const but = ask.secret === undefined ? undefined : sessionOf(ports.secrets.hash(ask.secret));
  const details = { session: but === undefined ? 'all' : `all but ${but}` };
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [
      { kind: 'end-sessions', account, ...(but && { but }) },
      audited(principal, { action: 'session.ended', subject: `account ${account}`, details }),
    ],
  });
}
