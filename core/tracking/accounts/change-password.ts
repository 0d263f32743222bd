import { newPassword, sessionOf } from '#core/domain/account.ts';
import { Fault } from '#core/domain/fault.ts';
import { authoriseSelf } from '../access/authorise-self.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';

export interface ChangePassword {
  readonly current: string;
  readonly password: string;
  /** The secret of the session that asks, which stays. */
  readonly secret?: string;
}

/** Changes one's own password; other sessions end, keys stay. @throws Fault `forbidden`; `invalid` when the current one is wrong or the new one too short. */
export async function changePassword(
  ports: Pick<Ports, 'identity' | 'secrets' | 'writer' | 'clock'>,
  principal: Principal,
  ask: ChangePassword,
): Promise<void> {
  const account = authoriseSelf(principal);
  const password = newPassword(ask.password);
  const stored = await ports.identity.passwordHash(account);
  const isRight = stored && (await ports.secrets.verifyPassword(ask.current.normalize('NFKC'), stored));
  if (!isRight) throw new Fault('invalid', 'The current password is wrong.', { field: 'current' });
  const phc = await ports.secrets.hashPassword(password);
  const but = ask.secret === undefined ? undefined : sessionOf(ports.secrets.hash(ask.secret));
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [
      { kind: 'set-password', account, phc },
      { kind: 'end-sessions', account, ...(but && { but }) },
      audited(principal, { action: 'password.changed', subject: `account ${account}` }),
    ],
  });
}
