import {
  bindingKey,
  placeKey,
  type AccountId,
  type RolePlace,
  type Team,
  type TeamId,
} from '#core/domain/account.ts';
import type { IdentityChange } from '#core/tracking/ports/identity-change.ts';
import { assertAdminStays, identityTaken, noIdentity } from '#storage/sql/identity-refusals.ts';
import { noProject, noWorkspace } from '#storage/sql/refusals.ts';
import { existingAccount } from './apply-account.ts';
import { holdersOf } from './holders.ts';
import type { Applying } from './state.ts';

type Of<Kind extends IdentityChange['kind']> = Extract<IdentityChange, { kind: Kind }>;

export function createTeam(applying: Applying, { team }: Of<'create-team'>): void {
  const { state, at } = applying;
  const isTaken = state.teams.values().some((other) => other.id === team.id || other.name === team.name);
  if (isTaken) throw identityTaken('team', team.name);
  state.teams.set(team.id, { ...team, members: membersOf(applying, team.members), createdAt: at });
}

export function updateTeam(applying: Applying, { team: id, name, members }: Of<'update-team'>): void {
  const { state, touched } = applying;
  const old = existingTeam(applying, id);
  const isTaken = state.teams.values().some((other) => other.id !== id && other.name === name);
  if (name !== undefined && isTaken) throw identityTaken('team', name);
  const team = {
    ...old,
    ...(name !== undefined && { name }),
    ...(members && { members: membersOf(applying, members) }),
  };
  const before = holdersOf(state);
  const teams = before.teams.map((other) => (other.id === id ? team : other));
  assertAdminStays(before, { ...before, teams });
  state.teams.set(id, team);
  touched.identity();
}

export function deleteTeam(applying: Applying, { team: id }: Of<'delete-team'>): void {
  const { state, touched } = applying;
  existingTeam(applying, id);
  const before = holdersOf(state);
  const bindings = before.bindings.filter(({ holder }) => holder.id !== id);
  assertAdminStays(before, { ...before, bindings });
  for (const binding of before.bindings) {
    if (binding.holder.id === id) state.bindings.delete(bindingKey(binding));
  }
  state.teams.delete(id);
  touched.identity();
}

export function setRole(applying: Applying, { holder, place, role }: Of<'set-role'>): void {
  const { state, touched } = applying;
  if (holder.kind === 'account') existingAccount(applying, holder.id);
  else existingTeam(applying, holder.id);
  if (place.scope === 'project' && !state.projects.has(place.project)) throw noProject(place.project);
  if (place.scope === 'workspace' && !state.workspaces.has(place.workspace))
    throw noWorkspace(place.workspace);
  const key = bindingKey({ holder, place });
  const before = holdersOf(state);
  const others = before.bindings.filter((binding) => bindingKey(binding) !== key);
  const bindings = role === null ? others : [...others, { holder, place, role }];
  assertAdminStays(before, { ...before, bindings });
  if (role === null) state.bindings.delete(key);
  else state.bindings.set(key, { holder, place, role });
  touched.identity(holder.kind === 'account' ? holder.id : undefined);
}

/** Roles go with the project or workspace that they were given at: another one may come by its id. */
export function removeRolesAt({ state, touched }: Applying, at: RolePlace): void {
  for (const [key, { place }] of state.bindings.entries().toArray()) {
    if (placeKey(place) !== placeKey(at)) continue;
    state.bindings.delete(key);
    touched.identity();
  }
}

function membersOf(applying: Applying, members: readonly AccountId[]): readonly AccountId[] {
  for (const member of members) existingAccount(applying, member);
  return [...new Set(members)];
}

function existingTeam({ state }: Applying, id: TeamId): Team {
  const team = state.teams.get(id);
  if (!team) throw noIdentity('team', id);
  return team;
}
