import { accountName, newPassword, type Account } from '#core/domain/account.ts';
import { Fault } from '#core/domain/fault.ts';
import { assertText } from '#core/domain/names.ts';
import { authorise } from '../access/authorise.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Change } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { newInvitation } from './invitation.ts';
import { newPasswordBy } from './set-password.ts';
import { storedAccount } from './stored-account.ts';

export interface CreateAccount {
  readonly kind: Account['kind'];
  readonly name: string;
  readonly displayName?: string;
  /** Of a user, when whoever makes the account chooses it: he is not invited then. */
  readonly password?: string;
}

export interface CreatedAccount {
  readonly account: Account;
  /** With which a user sets his password, once. */
  readonly invitation?: string;
}

/** Makes an account without any role. @throws Fault `forbidden`, `invalid` (name, password), `conflict` (exists). */
export async function createAccount(
  ports: Pick<Ports, 'identity' | 'secrets' | 'writer' | 'clock' | 'ids'>,
  principal: Principal,
  ask: CreateAccount,
): Promise<CreatedAccount> {
  authorise(principal, 'server:admin');
  const { kind } = ask;
  const name = accountName(ask.name);
  const displayName = ask.displayName ?? name;
  assertText('displayName', displayName);
  const phc = ask.password === undefined ? undefined : await hashFor(ports, kind, ask.password);
  const at = ports.clock.now();
  const id = ports.ids.accountId();
  const isInvited = kind === 'user' && phc === undefined;
  const invitation = isInvited ? newInvitation(ports, { account: id, at }) : undefined;
  const changes: Change[] = [
    { kind: 'create-account', account: { id, kind, name, displayName } },
    audited(principal, { action: 'account.created', subject: `account ${id}`, details: { kind, name } }),
  ];
  if (invitation) changes.push(invitation.change);
  if (phc !== undefined) changes.push(...newPasswordBy(principal, { account: id, phc }));
  await ports.writer.commit({ actor: actorOf(principal), at, changes });
  const account = await storedAccount(ports, id);
  return { account, ...(invitation && { invitation: invitation.token }) };
}

async function hashFor(
  { secrets }: Pick<Ports, 'secrets'>,
  kind: Account['kind'],
  password: string,
): Promise<string> {
  if (kind === 'user') return secrets.hashPassword(newPassword(password));
  throw new Fault('invalid', 'A service account has no password, keys only.', { field: 'password' });
}
