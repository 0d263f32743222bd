import type { Account } from '#core/domain/account.ts';
import { authorise } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';

export interface SeenAccount extends Account {
  /** When it last logged in or used a key. */
  readonly lastSeenAt?: number;
}

/** Users and service accounts by name, disabled ones too. @throws Fault `forbidden`. */
export async function listAccounts(
  ports: Pick<Ports, 'identity'>,
  principal: Principal,
): Promise<readonly SeenAccount[]> {
  authorise(principal, 'server:admin');
  const [accounts, seen] = await Promise.all([ports.identity.accounts(), ports.identity.lastSeen()]);
  return accounts.map((account) => {
    const lastSeenAt = seen.get(account.id);
    return { ...account, ...(lastSeenAt !== undefined && { lastSeenAt }) };
  });
}
