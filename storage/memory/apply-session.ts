import type { IdentityChange } from '#core/tracking/ports/identity-change.ts';
import {
  accountDisabled,
  identityTaken,
  invitationVoid,
  noPasswordForService,
} from '#storage/sql/identity-refusals.ts';
import { existingAccount, seeAccount } from './apply-account.ts';
import type { Applying } from './state.ts';

type Of<Kind extends IdentityChange['kind']> = Extract<IdentityChange, { kind: Kind }>;

export function openSession(applying: Applying, { hash, account, expiresAt }: Of<'open-session'>): void {
  const { state, at } = applying;
  if (existingAccount(applying, account).account.disabledAt !== undefined) throw accountDisabled(account);
  if (state.sessions.has(hash)) throw identityTaken('session', hash.slice(0, 8));
  endSessions(applying, (session) => session.account === account && session.expiresAt <= at);
  state.sessions.set(hash, { account, createdAt: at, expiresAt });
  seeAccount(applying, account);
}

export function endSession({ state, touched }: Applying, { hash }: Of<'end-session'>): void {
  const session = state.sessions.get(hash);
  if (!session) return;
  state.sessions.delete(hash);
  touched.identity(session.account);
}

export function endSessionsOf(applying: Applying, { account, but }: Of<'end-sessions'>): void {
  endSessions(applying, (session, hash) => session.account === account && hash !== but);
  applying.touched.identity(account);
}

export function createInvitation(applying: Applying, change: Of<'create-invitation'>): void {
  const { state, at } = applying;
  const { hash, account, expiresAt } = change;
  if (account !== undefined && existingAccount(applying, account).account.kind === 'service') {
    throw noPasswordForService(account);
  }
  for (const [old, invitation] of state.invitations.entries().toArray()) {
    const isReplaced = account !== undefined && invitation.account === account;
    if (isReplaced || invitation.expiresAt <= at) state.invitations.delete(old);
  }
  state.invitations.set(hash, { ...(account !== undefined && { account }), expiresAt });
}

export function useInvitation(applying: Applying, { hash }: Of<'use-invitation'>): void {
  const { state, at } = applying;
  const invitation = state.invitations.get(hash);
  if (!invitation || invitation.expiresAt <= at) throw invitationVoid();
  const isLate =
    invitation.account === undefined
      ? state.accounts.values().some(() => true)
      : existingAccount(applying, invitation.account).account.disabledAt !== undefined;
  if (isLate) throw invitationVoid();
  state.invitations.delete(hash);
}

function endSessions(
  { state }: Applying,
  isOver: (session: { readonly account: string; readonly expiresAt: number }, hash: string) => boolean,
): void {
  for (const [hash, session] of state.sessions.entries().toArray()) {
    if (isOver(session, hash)) state.sessions.delete(hash);
  }
}
