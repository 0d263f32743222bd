import type {
  Account,
  AccountId,
  ApiKey,
  KeyId,
  Role,
  RoleBinding,
  RoleHolder,
  RolePlace,
  SecretHash,
  Session,
  Team,
  TeamId,
} from '#core/domain/account.ts';
import { sessionOf } from '#core/domain/account.ts';
import type { ProjectId, WorkspaceId } from '#core/domain/ids.ts';
import { optional } from './documents.ts';
import type {
  AccountTable,
  ApiKeyTable,
  RoleBindingTable,
  SessionTable,
  TeamTable,
} from './identity-tables.ts';

// Rows of the identity tables as the domain has them.

export function readAccount(row: Omit<AccountTable, 'phc' | 'seen_at'>): Account {
  return {
    id: row.id as AccountId,
    kind: row.kind as Account['kind'],
    name: row.name,
    displayName: row.display_name,
    createdAt: row.created_at,
    ...optional('disabledAt', row.disabled_at),
  };
}

export function readTeam(row: TeamTable): Team {
  const members = JSON.parse(row.members) as readonly AccountId[];
  return { id: row.id as TeamId, name: row.name, members, createdAt: row.created_at };
}

export function readBinding(row: RoleBindingTable): RoleBinding {
  const holder = { kind: row.holder_kind, id: row.holder } as RoleHolder;
  return { holder, place: readPlace(row), role: row.role as Role };
}

export function readKey(row: ApiKeyTable): ApiKey {
  return {
    id: row.id as KeyId,
    account: row.account as AccountId,
    name: row.name,
    prefix: row.prefix,
    role: row.role as Role,
    ...(row.projects !== null && { projects: JSON.parse(row.projects) as readonly ProjectId[] }),
    createdAt: row.created_at,
    ...optional('expiresAt', row.expires_at),
    ...optional('revokedAt', row.revoked_at),
    ...optional('lastUsedAt', row.last_used_at),
  };
}

export function readSession(row: SessionTable): Session {
  return {
    id: sessionOf(row.hash as SecretHash),
    account: row.account as AccountId,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    seenAt: row.seen_at,
    ...optional('address', row.address),
    ...optional('agent', row.agent),
  };
}

/** The columns that say where a role holds. */
export function placeColumns(place: RolePlace): Pick<RoleBindingTable, 'scope' | 'place'> {
  if (place.scope === 'server') return { scope: 'server', place: '' };
  return { scope: place.scope, place: place.scope === 'workspace' ? place.workspace : place.project };
}

function readPlace({ scope, place }: RoleBindingTable): RolePlace {
  if (scope === 'workspace') return { scope, workspace: place as WorkspaceId };
  if (scope === 'project') return { scope, project: place as ProjectId };
  return { scope: 'server' };
}
