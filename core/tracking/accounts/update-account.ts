import type { Account, AccountId } from '#core/domain/account.ts';
import { assertText } from '#core/domain/names.ts';
import { authorise } from '../access/authorise.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Change } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { storedAccount } from './stored-account.ts';

export interface UpdateAccount {
  readonly account: AccountId;
  readonly displayName?: string;
  readonly disabled?: boolean;
}

/** Renames an account, disables it (its sessions end, its keys are refused at once) or enables it again. @throws Fault `forbidden`, `not_found`, `conflict` when it is the server's last admin. */
export async function updateAccount(
  ports: Pick<Ports, 'identity' | 'writer' | 'clock'>,
  principal: Principal,
  { account, displayName, disabled }: UpdateAccount,
): Promise<Account> {
  authorise(principal, 'server:admin');
  if (displayName !== undefined) assertText('displayName', displayName);
  const changes: Change[] = [
    {
      kind: 'update-account',
      account,
      ...(displayName !== undefined && { displayName }),
      ...(disabled !== undefined && { isDisabled: disabled }),
    },
    audited(principal, {
      action: 'account.changed',
      subject: `account ${account}`,
      details: {
        ...(displayName !== undefined && { displayName }),
        ...(disabled !== undefined && { disabled: String(disabled) }),
      },
    }),
  ];
  if (disabled) changes.push({ kind: 'end-sessions', account });
  await ports.writer.commit({ actor: actorOf(principal), at: ports.clock.now(), changes });
  return storedAccount(ports, account);
}
