import type { AuditChange, IdentityChange } from '#core/tracking/ports/identity-change.ts';
import { chained } from '#storage/sql/audit-chain.ts';
import {
  createAccount,
  createKey,
  revokeKey,
  setPassword,
  touchKey,
  updateAccount,
} from './apply-account.ts';
import {
  createInvitation,
  endSession,
  endSessionsOf,
  openSession,
  touchSession,
  useInvitation,
} from './apply-session.ts';
import { createTeam, deleteTeam, setRole, updateTeam } from './apply-team.ts';
import type { Applying } from './state.ts';

export function applyIdentity(applying: Applying, change: IdentityChange): void {
  switch (change.kind) {
    case 'create-account':
      return createAccount(applying, change);
    case 'update-account':
      return updateAccount(applying, change);
    case 'set-password':
      return setPassword(applying, change);
    case 'create-key':
      return createKey(applying, change);
    case 'revoke-key':
      return revokeKey(applying, change);
    case 'touch-key':
      return touchKey(applying, change);
    case 'create-team':
      return createTeam(applying, change);
    case 'update-team':
      return updateTeam(applying, change);
    case 'delete-team':
      return deleteTeam(applying, change);
    case 'set-role':
      return setRole(applying, change);
    case 'open-session':
      return openSession(applying, change);
    case 'touch-session':
      return touchSession(applying, change);
    case 'end-session':
      return endSession(applying, change);
    case 'end-sessions':
      return endSessionsOf(applying, change);
    case 'create-invitation':
      return createInvitation(applying, change);
    case 'use-invitation':
      return useInvitation(applying, change);
  }
}

export function recordAudit({ state, actor, at }: Applying, { note }: AuditChange): void {
  const last = state.audit.size;
  const entry = chained(state.audit.get(last), note, { actor, at });
  state.audit.set(entry.number, entry);
}
