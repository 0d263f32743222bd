import type { AccountId } from '#core/domain/account.ts';
import type { IdentityChange } from '#core/tracking/ports/identity-change.ts';
import {
  assertAdminStays,
  identityTaken,
  noIdentity,
  noPasswordForService,
} from '#storage/sql/identity-refusals.ts';
import { holdersOf } from './holders.ts';
import type { AccountRow, Applying, KeyRow } from './state.ts';

type Of<Kind extends IdentityChange['kind']> = Extract<IdentityChange, { kind: Kind }>;

export function createAccount({ state, at }: Applying, { account }: Of<'create-account'>): void {
  const isTaken = state.accounts
    .values()
    .some((row) => row.account.id === account.id || row.account.name === account.name);
  if (isTaken) throw identityTaken('account', account.name);
  state.accounts.set(account.id, { account: { ...account, createdAt: at } });
}

export function updateAccount({ state, at, touched }: Applying, change: Of<'update-account'>): void {
  const row = existingAccount({ state }, change.account);
  const { disabledAt, ...enabled } = row.account;
  const isDisabled = change.isDisabled ?? disabledAt !== undefined;
  const account = {
    ...enabled,
    ...(change.displayName !== undefined && { displayName: change.displayName }),
    ...(isDisabled && { disabledAt: disabledAt ?? at }),
  };
  const before = holdersOf(state);
  const accounts = before.accounts.map((other) => (other.id === account.id ? account : other));
  assertAdminStays(before, { ...before, accounts });
  state.accounts.set(account.id, { ...row, account });
  touched.identity(change.account);
}

export function setPassword({ state }: Applying, { account, phc }: Of<'set-password'>): void {
  const row = existingAccount({ state }, account);
  if (row.account.kind === 'service') throw noPasswordForService(account);
  state.accounts.set(account, { ...row, phc });
}

export function createKey({ state, at }: Applying, { key, hash }: Of<'create-key'>): void {
  existingAccount({ state }, key.account);
  const isTaken = state.keys.values().some((row) => row.key.id === key.id || row.hash === hash);
  if (isTaken) throw identityTaken('key', key.id);
  state.keys.set(key.id, { key: { ...key, createdAt: at }, hash });
}

export function revokeKey({ state, at, touched }: Applying, { key: id }: Of<'revoke-key'>): void {
  const { key, hash } = existingKey({ state }, id);
  state.keys.set(id, { key: { ...key, revokedAt: key.revokedAt ?? at }, hash });
  touched.identity(key.account);
}

export function touchKey({ state, at }: Applying, { key: id }: Of<'touch-key'>): void {
  const { key, hash } = existingKey({ state }, id);
  state.keys.set(id, { key: { ...key, lastUsedAt: Math.max(at, key.lastUsedAt ?? 0) }, hash });
  seeAccount({ state, at }, key.account);
}

/** Notes that the account was here. */
export function seeAccount({ state, at }: Pick<Applying, 'state' | 'at'>, id: AccountId): void {
  const row = existingAccount({ state }, id);
  state.accounts.set(id, { ...row, seenAt: Math.max(at, row.seenAt ?? 0) });
}

/** @throws Fault `not_found`. */
export function existingAccount({ state }: Pick<Applying, 'state'>, id: AccountId): AccountRow {
  const row = state.accounts.get(id);
  if (!row) throw noIdentity('account', id);
  return row;
}

function existingKey({ state }: Pick<Applying, 'state'>, id: KeyRow['key']['id']): KeyRow {
  const row = state.keys.get(id);
  if (!row) throw noIdentity('key', id);
  return row;
}
