import { bindingKey, type AccountId, type RolePlace, type TeamId } from '#core/domain/account.ts';
import type { IdentityChange } from '#core/tracking/ports/identity-change.ts';
import { assertAdminStays, identityTaken, noIdentity } from '#storage/sql/identity-refusals.ts';
import { noProject, noWorkspace } from '#storage/sql/refusals.ts';
import type { Applying } from './applying.ts';
import { existingAccount } from './identity-accounts.ts';
import { listHolders } from './identity-lists.ts';
import { placeColumns, readTeam } from './identity-rows.ts';
import type { TeamTable } from './identity-tables.ts';
import { workspaceOf } from './workspaces.ts';

type Of<Kind extends IdentityChange['kind']> = Extract<IdentityChange, { kind: Kind }>;

export async function createTeam(applying: Applying, { team }: Of<'create-team'>): Promise<void> {
  const { db, at } = applying;
  const { id, name } = team;
  const holder = await db
    .selectFrom('team')
    .select('id')
    .where((row) => row.or([row('id', '=', id), row('name', '=', name)]))
    .executeTakeFirst();
  if (holder) throw identityTaken('team', name);
  const members = await membersOf(applying, team.members);
  await db.insertInto('team').values({ id, name, members, created_at: at }).execute();
}

export async function updateTeam(applying: Applying, change: Of<'update-team'>): Promise<void> {
  const { db, touched } = applying;
  const row = await existingTeam(applying, change.team);
  const name = change.name ?? row.name;
  const holder = await db.selectFrom('team').select('id').where('name', '=', name).executeTakeFirst();
  if (holder && holder.id !== row.id) throw identityTaken('team', name);
  const members = change.members ? await membersOf(applying, change.members) : row.members;
  const before = await listHolders(db);
  const team = readTeam({ ...row, members });
  const teams = before.teams.map((other) => (other.id === team.id ? team : other));
  assertAdminStays(before, { ...before, teams });
  await db.updateTable('team').set({ name, members }).where('id', '=', row.id).execute();
  touched.identity();
}

export async function deleteTeam(applying: Applying, { team: id }: Of<'delete-team'>): Promise<void> {
  const { db, touched } = applying;
  await existingTeam(applying, id);
  const before = await listHolders(db);
  const bindings = before.bindings.filter(({ holder }) => holder.id !== id);
  assertAdminStays(before, { ...before, bindings });
  await db.deleteFrom('role_binding').where('holder', '=', id).execute();
  await db.deleteFrom('team').where('id', '=', id).execute();
  touched.identity();
}

export async function setRole(applying: Applying, { holder, place, role }: Of<'set-role'>): Promise<void> {
  const { db, rows, touched } = applying;
  if (holder.kind === 'account') await existingAccount(applying, holder.id);
  else await existingTeam(applying, holder.id);
  if (place.scope === 'project' && !(await rows.projects.get(db, place.project))) {
    throw noProject(place.project);
  }
  if (place.scope === 'workspace' && !(await workspaceOf(db, place.workspace))) {
    throw noWorkspace(place.workspace);
  }
  const before = await listHolders(db);
  const key = bindingKey({ holder, place });
  const others = before.bindings.filter((binding) => bindingKey(binding) !== key);
  const bindings = role === null ? others : [...others, { holder, place, role }];
  assertAdminStays(before, { ...before, bindings });
  const columns = placeColumns(place);
  await db
    .deleteFrom('role_binding')
    .where('holder', '=', holder.id)
    .where('scope', '=', columns.scope)
    .where('place', '=', columns.place)
    .execute();
  if (role !== null) {
    const values = { holder_kind: holder.kind, holder: holder.id, ...columns, role };
    await db.insertInto('role_binding').values(values).execute();
  }
  touched.identity(holder.kind === 'account' ? holder.id : undefined);
}

/** Roles go with the project or workspace that they were given at: another one may come by its id. */
export async function removeRolesAt({ db, touched }: Applying, place: RolePlace): Promise<void> {
  const at = placeColumns(place);
  const query = db.selectFrom('role_binding').select('holder');
  const held = await query.where('scope', '=', at.scope).where('place', '=', at.place).execute();
  if (held.length === 0) return;
  await db.deleteFrom('role_binding').where('scope', '=', at.scope).where('place', '=', at.place).execute();
  touched.identity();
}

/** As the column has them: each once, all of them there. */
async function membersOf(applying: Applying, members: readonly AccountId[]): Promise<string> {
  for (const member of members) await existingAccount(applying, member);
  return JSON.stringify([...new Set(members)]);
}

async function existingTeam({ db }: Applying, id: TeamId): Promise<TeamTable> {
  const row = await db.selectFrom('team').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw noIdentity('team', id);
  return row;
}
