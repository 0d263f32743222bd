import { bindingKey, type Account, type RoleBinding, type Team } from '#core/domain/account.ts';
import type { Holders } from '#storage/sql/identity-refusals.ts';
import { readAccount, readBinding, readTeam } from './identity-rows.ts';
import type { CatalogDb } from './tables.ts';

// Whole lists: accounts, teams and roles are counted in hundreds.

export async function listAccounts(db: CatalogDb): Promise<readonly Account[]> {
  return (await db.selectFrom('account').selectAll().orderBy('name').execute()).map(readAccount);
}

export async function listTeams(db: CatalogDb): Promise<readonly Team[]> {
  return (await db.selectFrom('team').selectAll().orderBy('name').execute()).map(readTeam);
}

export async function listBindings(db: CatalogDb): Promise<readonly RoleBinding[]> {
  const rows = await db.selectFrom('role_binding').selectAll().execute();
  return rows.map(readBinding).toSorted((a, b) => (bindingKey(a) < bindingKey(b) ? -1 : 1));
}

/** Everybody and what they hold, for a change that may take the last admin away. */
export async function listHolders(db: CatalogDb): Promise<Holders> {
  return {
    accounts: await listAccounts(db),
    teams: await listTeams(db),
    bindings: await listBindings(db),
  };
}
