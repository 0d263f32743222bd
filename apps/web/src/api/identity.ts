import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Client } from '#core/contract/client.ts';
import { server } from './server.ts';

// Accounts, teams, roles, keys and the audit log, as the contract words them.

export type Session = Awaited<ReturnType<Client['getSession']>>;
export type AccountJson = NonNullable<Session['account']>;
export type AccountRow = Awaited<ReturnType<Client['listAccounts']>>['accounts'][number];
export type TeamJson = Awaited<ReturnType<Client['updateTeam']>>;
export type RoleBindingJson = Awaited<ReturnType<Client['listRoles']>>['roles'][number];
export type RolePlace = RoleBindingJson['place'];
export type RoleHolder = RoleBindingJson['holder'];
export type Role = RoleBindingJson['role'];
export type ApiKeyJson = Awaited<ReturnType<Client['revokeKey']>>;
export type OwnSessionJson = Awaited<ReturnType<Client['listSessions']>>['sessions'][number];
export type AuditEntryJson = Awaited<ReturnType<Client['listAudit']>>['entries'][number];
export type Health = Awaited<ReturnType<Client['getHealth']>>;

export const ROLES = ['viewer', 'editor', 'admin'] as const satisfies readonly Role[];

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: async ({ signal }) => (await server.listAccounts({}, { signal })).accounts,
});

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: async ({ signal }) => (await server.listTeams({}, { signal })).teams,
});

export type HolderName = Awaited<ReturnType<Client['listHolders']>>['holders'][number];

/** Who may be given a role: anywhere for the server's admins, in one project or workspace for its own. */
export const holdersQuery = (place?: RolePlace) =>
  queryOptions({
    queryKey: ['holders', placeAsked(place)],
    queryFn: async ({ signal }) =>
      (await server.listHolders({ query: placeAsked(place) }, { signal })).holders,
  });

/** All roles of the server, or those that hold in one project or workspace. */
export const rolesQuery = (place?: RolePlace) =>
  queryOptions({
    queryKey: ['roles', placeAsked(place)],
    queryFn: async ({ signal }) => (await server.listRoles({ query: placeAsked(place) }, { signal })).roles,
  });

function placeAsked(place: RolePlace | undefined): { project?: string; workspace?: string } {
  if (place?.scope === 'project') return { project: place.project };
  return place?.scope === 'workspace' ? { workspace: place.workspace } : {};
}

/** One's own keys, those of an account, or all. */
export const keysQuery = (account?: string) =>
  queryOptions({
    queryKey: ['keys', account],
    queryFn: async ({ signal }) =>
      (await server.listKeys({ query: account === undefined ? {} : { account } }, { signal })).keys,
  });

/** One's own log-ins, also those that other devices opened meanwhile. */
export const ownSessionsQuery = queryOptions({
  queryKey: ['own-sessions'],
  queryFn: async ({ signal }) => (await server.listSessions({}, { signal })).sessions,
  staleTime: 0,
});

const AUDIT_PAGE = 200;

/** The audit log, newest first, page by page. */
export const auditQuery = (filter: {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
}) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter.actor, filter.action],
    queryFn: ({ signal, pageParam }) =>
      server.listAudit(
        {
          query: {
            limit: AUDIT_PAGE,
            ...(pageParam > 0 && { before: pageParam }),
            ...(filter.actor !== undefined && { actor: filter.actor }),
            ...(filter.action !== undefined && { action: filter.action }),
          },
        },
        { signal },
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => server.getHealth({}, { signal }),
  staleTime: 0,
  refetchInterval: 10_000,
});
