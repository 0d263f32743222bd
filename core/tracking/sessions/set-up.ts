import { accountName, newPassword } from '#core/domain/account.ts';
import { assertText } from '#core/domain/names.ts';
import { invitationOf } from '../accounts/invitation.ts';
import { storedAccount } from '../accounts/stored-account.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';
import { newSession, type Asker, type LoggedIn } from './new-session.ts';

export interface SetUp {
  readonly token: string;
  readonly name: string;
  readonly displayName?: string;
  readonly password: string;
}

/** Makes the server's first admin with the token that it printed, and logs him in. @throws Fault `invalid` for token (used, expired, unknown), name or password. */
export async function setUp(
  ports: Pick<Ports, 'identity' | 'secrets' | 'writer' | 'clock' | 'ids'>,
  asker: Asker,
  ask: SetUp,
): Promise<LoggedIn> {
  const at = ports.clock.now();
  const name = accountName(ask.name);
  const displayName = ask.displayName ?? name;
  assertText('displayName', displayName);
  const password = newPassword(ask.password);
  const { hash } = await invitationOf(ports, { token: ask.token, isOfAccount: false });
  const phc = await ports.secrets.hashPassword(password);
  const account = ports.ids.accountId();
  const holder = { kind: 'account', id: account } as const;
  const { secret, expiresAt, changes } = newSession(ports, asker, { account, at });
  await ports.writer.commit({
    actor: { kind: 'user', id: account },
    at,
    changes: [
      { kind: 'use-invitation', hash },
      { kind: 'create-account', account: { id: account, kind: 'user', name, displayName } },
      { kind: 'set-password', account, phc },
      { kind: 'set-role', holder, place: { scope: 'server' }, role: 'admin' },
      audited(asker, { action: 'setup.done', subject: `account ${account}`, details: { name } }),
      ...changes,
    ],
  });
  return { account: await storedAccount(ports, account), secret, expiresAt };
}
