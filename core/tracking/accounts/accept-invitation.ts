import { newPassword } from '#core/domain/account.ts';
import { Fault } from '#core/domain/fault.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';
import { newSession, type Asker, type LoggedIn } from '../sessions/new-session.ts';
import { invitationOf } from './invitation.ts';
import { storedAccount } from './stored-account.ts';

/** Sets a password with a one-time invitation and logs in; all other sessions of the account end. @throws Fault `invalid` for the token (used, replaced, expired, unknown, account disabled) or the password. */
export async function acceptInvitation(
  ports: Pick<Ports, 'identity' | 'secrets' | 'writer' | 'clock'>,
  asker: Asker,
  ask: { readonly token: string; readonly password: string },
): Promise<LoggedIn> {
  const password = newPassword(ask.password);
  const { hash, account } = await invitationOf(ports, { token: ask.token, isOfAccount: true });
  if (account === undefined) throw new Fault('internal', 'An invitation without an account.');
  const phc = await ports.secrets.hashPassword(password);
  const at = ports.clock.now();
  const { secret, expiresAt, changes } = newSession(ports, asker, { account, at });
  await ports.writer.commit({
    actor: { kind: 'user', id: account },
    at,
    changes: [
      { kind: 'use-invitation', hash },
      { kind: 'set-password', account, phc },
      { kind: 'end-sessions', account },
      audited(asker, {
        action: 'password.changed',
        subject: `account ${account}`,
        details: { by: 'invitation' },
      }),
      ...changes,
    ],
  });
  return { account: await storedAccount(ports, account), secret, expiresAt };
}
