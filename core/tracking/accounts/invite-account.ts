import type { AccountId } from '#core/domain/account.ts';
import { authorise } from '../access/authorise.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';
import { newInvitation } from './invitation.ts';

/** A new one-time invitation for a user; an earlier one is no longer valid. @throws Fault `forbidden`, `not_found`, `invalid` for a service account. */
export async function inviteAccount(
  ports: Pick<Ports, 'secrets' | 'writer' | 'clock'>,
  principal: Principal,
  { account }: { readonly account: AccountId },
): Promise<{ readonly invitation: string; readonly expiresAt: number }> {
  authorise(principal, 'server:admin');
  const at = ports.clock.now();
  const { token, expiresAt, change } = newInvitation(ports, { account, at });
  const note = audited(principal, { action: 'account.invited', subject: `account ${account}` });
  await ports.writer.commit({ actor: actorOf(principal), at, changes: [change, note] });
  return { invitation: token, expiresAt };
}
