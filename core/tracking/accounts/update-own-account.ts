import type { Account } from '#core/domain/account.ts';
import { assertText } from '#core/domain/names.ts';
import { authoriseSelf } from '../access/authorise-self.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';
import { storedAccount } from './stored-account.ts';

/** Changes how one is called. @throws Fault `forbidden`, `invalid`. */
export async function updateOwnAccount(
  ports: Pick<Ports, 'identity' | 'writer' | 'clock'>,
  principal: Principal,
  { displayName }: { readonly displayName: string },
): Promise<Account> {
  const account = authoriseSelf(principal);
  assertText('displayName', displayName);
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [
      { kind: 'update-account', account, displayName },
      audited(principal, {
        action: 'account.changed',
        subject: `account ${account}`,
        details: { displayName },
      }),
    ],
  });
  return storedAccount(ports, account);
}
