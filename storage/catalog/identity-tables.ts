// Who may log in, what they hold, and what they did. Times are milliseconds UTC; hashes are SHA-256 in hexadecimal digits.

export interface AccountTable {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly display_name: string;
  readonly created_at: number;
  readonly disabled_at: number | null;
  /** Argon2id in PHC form; of users who set one. */
  readonly phc: string | null;
  readonly seen_at: number | null;
}

export interface TeamTable {
  readonly id: string;
  readonly name: string;
  /** JSON array of account ids. */
  readonly members: string;
  readonly created_at: number;
}

export interface RoleBindingTable {
  readonly holder_kind: string;
  readonly holder: string;
  readonly scope: string;
  /** Workspace or project; nothing for the server. */
  readonly place: string;
  readonly role: string;
}

export interface ApiKeyTable {
  readonly id: string;
  readonly hash: string;
  readonly account: string;
  readonly name: string;
  readonly prefix: string;
  readonly role: string;
  /** JSON array of project ids. */
  readonly projects: string | null;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly revoked_at: number | null;
  readonly last_used_at: number | null;
}

export interface SessionTable {
  readonly hash: string;
  readonly account: string;
  readonly created_at: number;
  readonly expires_at: number;
  readonly seen_at: number;
  readonly address: string | null;
  readonly agent: string | null;
}

export interface InvitationTable {
  readonly hash: string;
  readonly account: string | null;
  readonly expires_at: number;
}

export interface AuditTable {
  readonly number: number;
  readonly at: number;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly action: string;
  readonly subject: string;
  /** JSON array of pairs. */
  readonly details: string;
  readonly address: string | null;
  readonly previous: string;
  readonly hash: string;
}

export interface IdentityTables {
  readonly account: AccountTable;
  readonly team: TeamTable;
  readonly role_binding: RoleBindingTable;
  readonly api_key: ApiKeyTable;
  readonly session: SessionTable;
  readonly invitation: InvitationTable;
  readonly audit_entry: AuditTable;
}
