import type {
  Account,
  AccountId,
  ApiKey,
  Invitation,
  KeyId,
  RoleBinding,
  SecretHash,
  Session,
  Team,
  TeamId,
} from '#core/domain/account.ts';
import type { AuditEntry } from '#core/domain/audit.ts';

/** Which entries of the audit log. */
export interface AuditQuery {
  /** Only entries with a smaller number. */
  readonly before?: number;
  readonly limit: number;
  /** Only this action. */
  readonly action?: string;
  /** Only this actor's, by id. */
  readonly actor?: string;
}

/**
 * Who may log in, what they hold, and what they did. Reads see every commit that was acknowledged before they began; all
 * ids, names and hashes that are not there read as undefined. Whether something has expired is the reader's business.
 */
export interface IdentityReader {
  account(id: AccountId): Promise<Account | undefined>;
  accountNamed(name: string): Promise<Account | undefined>;
  /** Disabled ones too, by name. */
  accounts(): Promise<readonly Account[]>;
  /** Whether anybody set the server up. */
  hasAccounts(): Promise<boolean>;
  /** When each account last used a session or a key (exact to a minute), ms UTC; those that never did are left out. */
  lastSeen(): Promise<ReadonlyMap<AccountId, number>>;
  /** A PHC string. */
  passwordHash(account: AccountId): Promise<string | undefined>;
  team(id: TeamId): Promise<Team | undefined>;
  /** By name. */
  teams(): Promise<readonly Team[]>;
  /** Every binding, ordered by holder (kind, id), then place (scope, id). */
  roles(): Promise<readonly RoleBinding[]>;
  /** What the account holds itself and by its teams, ordered likewise. */
  rolesOf(account: AccountId): Promise<readonly RoleBinding[]>;
  key(id: KeyId): Promise<ApiKey | undefined>;
  /** Revoked ones too. */
  keyByHash(hash: SecretHash): Promise<ApiKey | undefined>;
  /** Revoked ones too, by creation time, then id. */
  keys(account: AccountId | 'all'): Promise<readonly ApiKey[]>;
  session(hash: SecretHash): Promise<Session | undefined>;
  /** An account's that were not ended, the one used last first, then by id. */
  sessions(account: AccountId): Promise<readonly Session[]>;
  invitation(hash: SecretHash): Promise<Invitation | undefined>;
  /** Newest first. */
  audit(query: AuditQuery): Promise<readonly AuditEntry[]>;
  /** The whole log from the first entry on, read a part at a time: entries that come meanwhile are seen or not. */
  auditTrail(): AsyncIterable<AuditEntry>;
}
