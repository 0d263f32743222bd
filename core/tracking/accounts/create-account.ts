import { accountName, type Account } from '#core/domain/account.ts';
import { assertText } from '#core/domain/names.ts';
import { authorise } from '../access/authorise.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Change } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { newInvitation, storedAccount } from './invitation.ts';

export interface CreateAccount {
  readonly kind: Account['kind'];
  readonly name: string;
  readonly displayName?: string;
}

export interface CreatedAccount {
  readonly account: Account;
  /** With which a user sets his password, once. */
  readonly invitation?: string;
}

/** Makes an account without any role. @throws Fault `forbidden`, `invalid` (name), `conflict` (exists). */
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
  const at = ports.clock.now();
  const id = ports.ids.accountId();
  const invitation = kind === 'user' ? newInvitation(ports, { account: id, at }) : undefined;
  const changes: Change[] = [
    { kind: 'create-account', account: { id, kind, name, displayName } },
    audited(principal, { action: 'account.created', subject: `account ${id}`, details: { kind, name } }),
  ];
  if (invitation) changes.push(invitation.change);
  await ports.writer.commit({ actor: actorOf(principal), at, changes });
  const account = await storedAccount(ports, id);
  return { account, ...(invitation && { invitation: invitation.token }) };
}
