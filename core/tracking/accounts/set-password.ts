import { newPassword, type AccountId } from '#core/domain/account.ts';
import { authorise } from '../access/authorise.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Change } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { newInvitation } from './invitation.ts';

/**
 * Sets a user's password as the server's admin: his sessions end, an invitation that waits is void, his keys stay.
 * @throws Fault `forbidden`, `invalid` (too short, or a service account), `not_found`.
 */
export async function setPassword(
  ports: Pick<Ports, 'secrets' | 'writer' | 'clock'>,
  principal: Principal,
  { account, password }: { readonly account: AccountId; readonly password: string },
): Promise<void> {
  authorise(principal, 'server:admin');
  const phc = await ports.secrets.hashPassword(newPassword(password));
  const at = ports.clock.now();
  // A new invitation takes the place of an earlier one, and nobody ever sees this one's secret.
  const { change: noInvitation } = newInvitation(ports, { account, at });
  const changes = [noInvitation, ...newPasswordBy(principal, { account, phc })];
  await ports.writer.commit({ actor: actorOf(principal), at, changes });
}

/** The changes by which an admin sets a password. */
export function newPasswordBy(
  principal: Principal,
  { account, phc }: { readonly account: AccountId; readonly phc: string },
): readonly Change[] {
  return [
    { kind: 'set-password', account, phc },
    { kind: 'end-sessions', account },
    audited(principal, {
      action: 'password.changed',
      subject: `account ${account}`,
      details: { by: 'admin' },
    }),
  ];
}
