import { migration } from '#storage/sql/migrations.ts';

/** Accounts, what they hold, and the audit log. Released migrations never change. */
export const identityMigration = migration('catalog-0003', ({ integer, text }) => [
  `CREATE TABLE account (
    id ${text} PRIMARY KEY,
    kind ${text} NOT NULL,
    name ${text} NOT NULL UNIQUE,
    display_name ${text} NOT NULL,
    created_at ${integer} NOT NULL,
    disabled_at ${integer},
    phc ${text},
    seen_at ${integer}
  )`,
  `CREATE TABLE team (
    id ${text} PRIMARY KEY,
    name ${text} NOT NULL UNIQUE,
    members ${text} NOT NULL,
    created_at ${integer} NOT NULL
  )`,
  `CREATE TABLE role_binding (
    holder_kind ${text} NOT NULL,
    holder ${text} NOT NULL,
    scope ${text} NOT NULL,
    place ${text} NOT NULL,
    role ${text} NOT NULL,
    PRIMARY KEY (holder, scope, place)
  )`,
  `CREATE INDEX role_binding_place ON role_binding (scope, place)`,
  `CREATE TABLE api_key (
    id ${text} PRIMARY KEY,
    hash ${text} NOT NULL UNIQUE,
    account ${text} NOT NULL REFERENCES account (id),
    name ${text} NOT NULL,
    prefix ${text} NOT NULL,
    role ${text} NOT NULL,
    projects ${text},
    created_at ${integer} NOT NULL,
    expires_at ${integer},
    revoked_at ${integer},
    last_used_at ${integer}
  )`,
  `CREATE INDEX api_key_account ON api_key (account)`,
  `CREATE TABLE session (
    hash ${text} PRIMARY KEY,
    account ${text} NOT NULL REFERENCES account (id),
    created_at ${integer} NOT NULL,
    expires_at ${integer} NOT NULL
  )`,
  `CREATE INDEX session_account ON session (account)`,
  `CREATE TABLE invitation (
    hash ${text} PRIMARY KEY,
    account ${text} REFERENCES account (id),
    expires_at ${integer} NOT NULL
  )`,
  `CREATE TABLE audit_entry (
    number ${integer} PRIMARY KEY,
    at ${integer} NOT NULL,
    actor_kind ${text} NOT NULL,
    actor_id ${text} NOT NULL,
    action ${text} NOT NULL,
    subject ${text} NOT NULL,
    details ${text} NOT NULL,
    address ${text},
    previous ${text} NOT NULL,
    hash ${text} NOT NULL
  )`,
  `CREATE INDEX audit_entry_actor ON audit_entry (actor_id, number)`,
  `CREATE INDEX audit_entry_action ON audit_entry (action, number)`,
]);
