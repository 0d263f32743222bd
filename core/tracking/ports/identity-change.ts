import type {
  Account,
  AccountId,
  ApiKey,
  KeyId,
  Role,
  RoleHolder,
  RolePlace,
  SecretHash,
  SessionId,
  Team,
  TeamId,
} from '#core/domain/account.ts';
import type { AuditNote } from '#core/domain/audit.ts';

// Changes of who may log in and what they hold. Secrets come as hashes. "Now" is the time of the commit.
// Those marked * are refused with `conflict` (wrong-state) when they would leave the server without an enabled user
// who is its admin, by himself or by a team, and there was one before.

export type IdentityChange =
  /** `conflict` (exists) when the id or the name is taken, also by a disabled account. */
  | {
      readonly kind: 'create-account';
      readonly account: Pick<Account, 'id' | 'kind' | 'name' | 'displayName'>;
    }
  /** * Sets what is present; to disable or enable again what is so already changes nothing. `not_found`. */
  | {
      readonly kind: 'update-account';
      readonly account: AccountId;
      readonly displayName?: string;
      readonly isDisabled?: boolean;
    }
  /** `not_found`; `invalid` (wrong-state) for a service account. */
  | { readonly kind: 'set-password'; readonly account: AccountId; readonly phc: string }
  /** `not_found` without the account; `conflict` (exists) when id or hash is taken. */
  | {
      readonly kind: 'create-key';
      readonly key: Omit<ApiKey, 'createdAt' | 'revokedAt' | 'lastUsedAt'>;
      readonly hash: SecretHash;
    }
  /** The first revocation's time stays. `not_found`. */
  | { readonly kind: 'revoke-key'; readonly key: KeyId }
  /** The key and its account were used now; an earlier time than the one noted changes nothing. Touches nothing that a cache must hear of. `not_found`. */
  | { readonly kind: 'touch-key'; readonly key: KeyId }
  /** `conflict` (exists) when id or name is taken; `not_found` for a member. Members are a set. */
  | { readonly kind: 'create-team'; readonly team: Pick<Team, 'id' | 'name' | 'members'> }
  /** * Sets what is present. `not_found` also for a member; `conflict` (exists) when the name is taken. */
  | {
      readonly kind: 'update-team';
      readonly team: TeamId;
      readonly name?: string;
      readonly members?: readonly AccountId[];
    }
  /** * Its roles go with it. `not_found`. */
  | { readonly kind: 'delete-team'; readonly team: TeamId }
  /** * Replaces the holder's role at the place; null takes it back. `not_found` for holder, project or workspace. A project's roles go when it is purged, a workspace's when it is deleted. */
  | {
      readonly kind: 'set-role';
      readonly holder: RoleHolder;
      readonly place: RolePlace;
      readonly role: Role | null;
    }
  /** Forgets the account's expired sessions on the way. `not_found`; `invalid` (wrong-state) when the account is disabled. */
  | {
      readonly kind: 'open-session';
      readonly hash: SecretHash;
      readonly account: AccountId;
      readonly expiresAt: number;
      readonly address?: string;
      readonly agent?: string;
    }
  /** The session and its account were used now; an earlier time than the one noted, and a session that has ended, change nothing. Touches nothing that a cache must hear of. */
  | { readonly kind: 'touch-session'; readonly session: SessionId }
  /** Idempotent. */
  | { readonly kind: 'end-session'; readonly session: SessionId }
  /** Ends all sessions of an account, but one perhaps. Idempotent. */
  | { readonly kind: 'end-sessions'; readonly account: AccountId; readonly but?: SessionId }
  /** Takes the place of earlier ones of the same account; those without account stand beside each other. Forgets expired ones on the way. `not_found`; `invalid` (wrong-state) for a service account. */
  | {
      readonly kind: 'create-invitation';
      readonly hash: SecretHash;
      readonly account?: AccountId;
      readonly expiresAt: number;
    }
  /** Once. `invalid` (wrong-state) when it is not there, has expired, its account is disabled, or it has no account and the server has one. */
  | { readonly kind: 'use-invitation'; readonly hash: SecretHash };

/** Appends to the audit log: by the commit's actor, at its time. Number and hashes are the store's. */
export interface AuditChange {
  readonly kind: 'record-audit';
  readonly note: AuditNote;
}
