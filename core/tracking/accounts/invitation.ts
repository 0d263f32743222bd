import type { AccountId, Invitation, SecretHash } from '#core/domain/account.ts';
import { Fault } from '#core/domain/fault.ts';
import type { Change } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';

export const INVITATION_MS = 7 * 24 * 60 * 60 * 1000;

/** A new one-time secret with which the account's password is set. */
export function newInvitation(
  ports: Pick<Ports, 'secrets'>,
  { account, at }: { readonly account: AccountId; readonly at: number },
): { readonly token: string; readonly expiresAt: number; readonly change: Change } {
  const token = ports.secrets.token();
  const expiresAt = at + INVITATION_MS;
  const hash = ports.secrets.hash(token);
  return { token, expiresAt, change: { kind: 'create-invitation', hash, account, expiresAt } };
}

/** Looked at before a password is hashed, which is slow; `use-invitation` decides. @throws Fault `invalid`. */
export async function invitationOf(
  ports: Pick<Ports, 'identity' | 'secrets' | 'clock'>,
  ask: { readonly token: string; readonly isOfAccount: boolean },
): Promise<Invitation & { readonly hash: SecretHash }> {
  const hash = ports.secrets.hash(ask.token);
  const invitation = await ports.identity.invitation(hash);
  const isRightKind = (invitation?.account !== undefined) === ask.isOfAccount;
  if (invitation && isRightKind && invitation.expiresAt > ports.clock.now()) return { ...invitation, hash };
  throw new Fault('invalid', 'This one-time token is not valid: it was used, was replaced, or has expired.', {
    subject: 'invitation',
    field: 'token',
    reason: 'wrong-state',
  });
}
