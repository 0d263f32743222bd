import type { AccountId, SessionId } from '#core/domain/account.ts';
import type { IdentityChange } from '#core/tracking/ports/identity-change.ts';
import {
  accountDisabled,
  identityTaken,
  invitationVoid,
  noPasswordForService,
} from '#storage/sql/identity-refusals.ts';
import type { Applying } from './applying.ts';
import { existingAccount, seeAccount } from './identity-accounts.ts';
import type { SessionTable } from './identity-tables.ts';

type Of<Kind extends IdentityChange['kind']> = Extract<IdentityChange, { kind: Kind }>;

export async function openSession(applying: Applying, change: Of<'open-session'>): Promise<void> {
  const { db, at } = applying;
  const { hash, account, expiresAt, address = null, agent = null } = change;
  const row = await existingAccount(applying, account);
  if (row.disabled_at !== null) throw accountDisabled(account);
  const twin = await db.selectFrom('session').select('hash').where('hash', '=', hash).executeTakeFirst();
  if (twin) throw identityTaken('session', hash.slice(0, 8));
  await db.deleteFrom('session').where('account', '=', account).where('expires_at', '<=', at).execute();
  const times = { created_at: at, expires_at: expiresAt, seen_at: at };
  await db
    .insertInto('session')
    .values({ hash, account, ...times, address, agent })
    .execute();
  await seeAccount(applying, row);
}

export async function touchSession(applying: Applying, { session }: Of<'touch-session'>): Promise<void> {
  const row = await namedBy(applying, session);
  if (!row) return;
  const seen_at = Math.max(applying.at, row.seen_at);
  await applying.db.updateTable('session').set({ seen_at }).where('hash', '=', row.hash).execute();
  await seeAccount(applying, await existingAccount(applying, row.account as AccountId));
}

export async function endSession(applying: Applying, { session }: Of<'end-session'>): Promise<void> {
  const row = await namedBy(applying, session);
  if (!row) return;
  await applying.db.deleteFrom('session').where('hash', '=', row.hash).execute();
  applying.touched.identity(row.account as AccountId);
}

/** The id is the hash's beginning, and `g` the character behind all hexadecimal digits. */
function namedBy({ db }: Applying, session: SessionId): Promise<SessionTable | undefined> {
  const digits = session.slice(2);
  return db
    .selectFrom('session')
    .selectAll()
    .where('hash', '>=', digits)
    .where('hash', '<', `${digits}g`)
    .executeTakeFirst();
}

export async function endSessionsOf(
  { db, touched }: Applying,
  { account, but }: Of<'end-sessions'>,
): Promise<void> {
  let query = db.deleteFrom('session').where('account', '=', account);
  if (but !== undefined) query = query.where('hash', 'not like', `${but.slice(2)}%`);
  await query.execute();
  touched.identity(account);
}

export async function createInvitation(applying: Applying, change: Of<'create-invitation'>): Promise<void> {
  const { db, at } = applying;
  const { hash, account, expiresAt } = change;
  if (account !== undefined) {
    if ((await existingAccount(applying, account)).kind === 'service') throw noPasswordForService(account);
    await db.deleteFrom('invitation').where('account', '=', account).execute();
  }
  await db.deleteFrom('invitation').where('expires_at', '<=', at).execute();
  const values = { account: account ?? null, expires_at: expiresAt };
  await db
    .insertInto('invitation')
    .values({ hash, ...values })
    .onConflict((conflict) => conflict.column('hash').doUpdateSet(values))
    .execute();
}

export async function useInvitation(applying: Applying, { hash }: Of<'use-invitation'>): Promise<void> {
  const { db, at } = applying;
  const row = await db.selectFrom('invitation').selectAll().where('hash', '=', hash).executeTakeFirst();
  if (!row || row.expires_at <= at) throw invitationVoid();
  const isLate =
    row.account === null
      ? await hasAccounts(db)
      : (await existingAccount(applying, row.account as AccountId)).disabled_at !== null;
  if (isLate) throw invitationVoid();
  await db.deleteFrom('invitation').where('hash', '=', hash).execute();
}

export async function hasAccounts(db: Applying['db']): Promise<boolean> {
  return (await db.selectFrom('account').select('id').limit(1).executeTakeFirst()) !== undefined;
}
