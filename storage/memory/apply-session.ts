import { sessionOf, type Session, type SessionId } from '#core/domain/account.ts';
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

export function openSession(applying: Applying, change: Of<'open-session'>): void {
  const { kind: _, hash, account, ...given } = change;
  const { state, at } = applying;
  if (existingAccount(applying, account).account.disabledAt !== undefined) throw accountDisabled(account);
  if (state.sessions.has(hash)) throw identityTaken('session', hash.slice(0, 8));
  endSessions(applying, (session) => session.account === account && session.expiresAt <= at);
  state.sessions.set(hash, { id: sessionOf(hash), account, createdAt: at, seenAt: at, ...given });
  seeAccount(applying, account);
}

export function touchSession(applying: Applying, { session: id }: Of<'touch-session'>): void {
  const { state, at } = applying;
  for (const [hash, session] of namedBy(applying, id)) {
    state.sessions.set(hash, { ...session, seenAt: Math.max(at, session.seenAt) });
    seeAccount(applying, session.account);
  }
}

export function endSession(applying: Applying, { session: id }: Of<'end-session'>): void {
  for (const [hash, session] of namedBy(applying, id)) {
    applying.state.sessions.delete(hash);
    applying.touched.identity(session.account);
  }
}

function namedBy({ state }: Applying, id: SessionId) {
  return state.sessions
    .entries()
    .toArray()
    .filter(([, session]) => session.id === id);
}

export function endSessionsOf(applying: Applying, { account, but }: Of<'end-sessions'>): void {
  endSessions(applying, (session) => session.account === account && session.id !== but);
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

function endSessions({ state }: Applying, isOver: (session: Session) => boolean): void {
  for (const [hash, session] of state.sessions.entries().toArray()) {
    if (isOver(session)) state.sessions.delete(hash);
  }
}
