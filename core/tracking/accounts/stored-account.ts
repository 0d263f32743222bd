import type { Account, AccountId } from '#core/domain/account.ts';
import { Fault } from '#core/domain/fault.ts';
import type { Ports } from '../ports/ports.ts';

/** An account that a commit has just written. */
export async function storedAccount(ports: Pick<Ports, 'identity'>, id: AccountId): Promise<Account> {
  const account = await ports.identity.account(id);
  if (account) return account;
  throw new Fault('internal', 'The account that was just stored cannot be read.');
}
