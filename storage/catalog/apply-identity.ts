import type { IdentityChange } from '#core/tracking/ports/identity-change.ts';
import type { Applying } from './applying.ts';
import {
  createAccount,
  createKey,
  revokeKey,
  setPassword,
  touchKey,
  updateAccount,
} from './identity-accounts.ts';
import {
  createInvitation,
  endSession,
  endSessionsOf,
  openSession,
  touchSession,
  useInvitation,
} from './identity-sessions.ts';
import { createTeam, deleteTeam, setRole, updateTeam } from './identity-teams.ts';

/** Identity is written at once and kept in no cache: it changes seldom, and whoever asks often remembers it himself. */
export async function applyIdentity(applying: Applying, change: IdentityChange): Promise<void> {
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
