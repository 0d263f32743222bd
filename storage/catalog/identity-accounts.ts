import type { AccountId, KeyId } from '#core/domain/account.ts';
import type { IdentityChange } from '#core/tracking/ports/identity-change.ts';
import {
  assertAdminStays,
  identityTaken,
  noIdentity,
  noPasswordForService,
} from '#storage/sql/identity-refusals.ts';
import type { Applying } from './applying.ts';
import { listHolders } from './identity-lists.ts';
import { readAccount } from './identity-rows.ts';
import type { AccountTable, ApiKeyTable } from './identity-tables.ts';

type Of<Kind extends IdentityChange['kind']> = Extract<IdentityChange, { kind: Kind }>;

export async function createAccount({ db, at }: Applying, { account }: Of<'create-account'>): Promise<void> {
  const { id, kind, name, displayName } = account;
  const holder = await db
    .selectFrom('account')
    .select('id')
    .where((row) => row.or([row('id', '=', id), row('name', '=', name)]))
    .executeTakeFirst();
  if (holder) throw identityTaken('account', name);
  const fresh = { disabled_at: null, phc: null, seen_at: null };
  await db
    .insertInto('account')
    .values({ id, kind, name, display_name: displayName, created_at: at, ...fresh })
    .execute();
}

export async function updateAccount(applying: Applying, change: Of<'update-account'>): Promise<void> {
  const { db, at, touched } = applying;
  const row = await existingAccount(applying, change.account);
  const isDisabled = change.isDisabled ?? row.disabled_at !== null;
  const changed: AccountTable = {
    ...row,
    display_name: change.displayName ?? row.display_name,
    disabled_at: isDisabled ? (row.disabled_at ?? at) : null,
  };
  if (isDisabled && row.disabled_at === null) {
    const before = await listHolders(db);
    const accounts = before.accounts.map((other) => (other.id === row.id ? readAccount(changed) : other));
    assertAdminStays(before, { ...before, accounts });
  }
  const { display_name, disabled_at } = changed;
  await db.updateTable('account').set({ display_name, disabled_at }).where('id', '=', row.id).execute();
  touched.identity(change.account);
}

export async function setPassword(applying: Applying, { account, phc }: Of<'set-password'>): Promise<void> {
  const row = await existingAccount(applying, account);
  if (row.kind === 'service') throw noPasswordForService(account);
  await applying.db.updateTable('account').set({ phc }).where('id', '=', account).execute();
}

export async function createKey(applying: Applying, { key, hash }: Of<'create-key'>): Promise<void> {
  const { db, at } = applying;
  await existingAccount(applying, key.account);
  const holder = await db
    .selectFrom('api_key')
    .select('id')
    .where((row) => row.or([row('id', '=', key.id), row('hash', '=', hash)]))
    .executeTakeFirst();
  if (holder) throw identityTaken('key', key.id);
  const { id, account, name, prefix, role, projects, expiresAt } = key;
  await db
    .insertInto('api_key')
    .values({
      id,
      hash,
      account,
      name,
      prefix,
      role,
      projects: projects ? JSON.stringify(projects) : null,
      created_at: at,
      expires_at: expiresAt ?? null,
      revoked_at: null,
      last_used_at: null,
    })
    .execute();
}

export async function revokeKey(applying: Applying, { key }: Of<'revoke-key'>): Promise<void> {
  const row = await existingKey(applying, key);
  const revoked_at = row.revoked_at ?? applying.at;
  await applying.db.updateTable('api_key').set({ revoked_at }).where('id', '=', key).execute();
  applying.touched.identity(row.account as AccountId);
}

export async function touchKey(applying: Applying, { key }: Of<'touch-key'>): Promise<void> {
  const row = await existingKey(applying, key);
  const last_used_at = Math.max(applying.at, row.last_used_at ?? 0);
  await applying.db.updateTable('api_key').set({ last_used_at }).where('id', '=', key).execute();
  await seeAccount(applying, await existingAccount(applying, row.account as AccountId));
}

/** Notes that the account was here. */
export async function seeAccount({ db, at }: Applying, { id, seen_at: before }: AccountTable): Promise<void> {
  const seen_at = Math.max(at, before ?? 0);
  await db.updateTable('account').set({ seen_at }).where('id', '=', id).execute();
}

/** @throws Fault `not_found`. */
export async function existingAccount({ db }: Pick<Applying, 'db'>, id: AccountId): Promise<AccountTable> {
  const row = await db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw noIdentity('account', id);
  return row;
}

async function existingKey({ db }: Applying, id: KeyId): Promise<ApiKeyTable> {
  const row = await db.selectFrom('api_key').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw noIdentity('key', id);
  return row;
}
