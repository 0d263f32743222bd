import { z } from 'zod';
import { PASSWORD_LENGTH } from '#core/domain/account.ts';
import { endpoint } from './endpoint.ts';
import { actor, projectKey } from './schemas.ts';

const none = z.object({});
const time = z.int().nonnegative();
export const accountKey = z.string().regex(/^u-[0-9a-f]{16}$/);
export const teamKey = z.string().regex(/^t-[0-9a-f]{16}$/);
export const keyKey = z.string().regex(/^k-[0-9a-f]{16}$/);
export const role = z.enum(['viewer', 'editor', 'admin']);

export { PASSWORD_LENGTH };
export const newPassword = z.string().min(PASSWORD_LENGTH).max(1024);
export const name = z.string().min(1).max(100);

export const account = z
  .object({
    id: accountKey,
    kind: z.enum(['user', 'service']),
    name: z.string(),
    displayName: z.string(),
    createdAt: time,
    disabledAt: time.optional(),
  })
  .meta({ id: 'Account' });

export const team = z
  .object({ id: teamKey, name: z.string(), members: z.array(accountKey), createdAt: time })
  .meta({ id: 'Team' });

export const rolePlace = z.discriminatedUnion('scope', [
  z.object({ scope: z.literal('server') }),
  z.object({ scope: z.literal('workspace'), workspace: z.string() }),
  z.object({ scope: z.literal('project'), project: projectKey }),
]);

export const roleHolder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('account'), id: accountKey }),
  z.object({ kind: z.literal('team'), id: teamKey }),
]);

export const roleBinding = z
  .object({ holder: roleHolder, place: rolePlace, role })
  .meta({ id: 'RoleBinding' });

/** Who may be given a role: what is needed to pick somebody by name. */
export const holderName = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('account'),
      id: accountKey,
      name: z.string(),
      displayName: z.string(),
      accountKind: z.enum(['user', 'service']),
      isDisabled: z.boolean(),
    }),
    z.object({ kind: z.literal('team'), id: teamKey, name: z.string() }),
  ])
  .meta({ id: 'HolderName' });

export const apiKey = z
  .object({
    id: keyKey,
    account: accountKey,
    name: z.string(),
    prefix: z.string(),
    role,
    projects: z.array(projectKey).optional(),
    createdAt: time,
    expiresAt: time.optional(),
    revokedAt: time.optional(),
    lastUsedAt: time.optional(),
  })
  .meta({ id: 'ApiKey' });

export const auditEntry = z
  .object({
    number: z.int().positive(),
    at: time,
    actor,
    action: z.string(),
    subject: z.string(),
    details: z.record(z.string(), z.string()),
    address: z.string().optional(),
    previous: z.string(),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' });

export const identityEndpoints = {
  updateOwnAccount: endpoint({
    method: 'PATCH',
    path: '/api/account',
    permission: 'account:self',
    summary: 'Changes one’s own display name.',
    params: none,
    query: none,
    body: z.object({ displayName: name }),
    reply: account,
  }),

  listKeys: endpoint({
    method: 'GET',
    path: '/api/keys',
    permission: 'account:self',
    summary: 'One’s own keys; an admin names another account, or `all`.',
    params: none,
    query: z.object({ account: z.union([accountKey, z.literal('all')]).optional() }),
    body: 'none',
    reply: z.object({ keys: z.array(apiKey) }),
  }),
  createKey: endpoint({
    method: 'POST',
    path: '/api/keys',
    permission: 'account:self',
    summary: 'Makes a key; `secret` is shown this once. Admins make keys of service accounts.',
    params: none,
    query: none,
    body: z.object({
      name,
      account: accountKey.optional(),
      role: role.default('editor'),
      projects: z.array(projectKey).min(1).max(1000).optional(),
      expiresAt: time.optional(),
    }),
    reply: z.object({ key: apiKey, secret: z.string() }),
  }),
  revokeKey: endpoint({
    method: 'DELETE',
    path: '/api/keys/{key}',
    permission: 'account:self',
    summary: 'Revokes a key at once and for ever.',
    params: z.object({ key: keyKey }),
    query: none,
    body: 'none',
    reply: apiKey,
  }),

  listAccounts: endpoint({
    method: 'GET',
    path: '/api/accounts',
    permission: 'server:admin',
    summary: 'Users and service accounts, with when they were last seen.',
    params: none,
    query: none,
    body: 'none',
    reply: z.object({ accounts: z.array(account.extend({ lastSeenAt: time.optional() })) }),
  }),
  createAccount: endpoint({
    method: 'POST',
    path: '/api/accounts',
    permission: 'server:admin',
    summary: 'Makes an account. A user gets a one-time invitation, with which he sets his password.',
    params: none,
    query: none,
    body: z.object({
      kind: z.enum(['user', 'service']),
      name: z.string().min(1).max(64),
      displayName: name.optional(),
    }),
    reply: z.object({ account, invitation: z.string().optional() }),
  }),
  updateAccount: endpoint({
    method: 'PATCH',
    path: '/api/accounts/{account}',
    permission: 'server:admin',
    summary:
      'Renames an account, disables it (its sessions and keys are refused at once) or enables it again.',
    params: z.object({ account: accountKey }),
    query: none,
    body: z.object({ displayName: name.optional(), disabled: z.boolean().optional() }),
    reply: account,
  }),
  inviteAccount: endpoint({
    method: 'POST',
    path: '/api/accounts/{account}/invitation',
    permission: 'server:admin',
    summary: 'A new one-time invitation: for a user who forgot his password.',
    params: z.object({ account: accountKey }),
    query: none,
    body: none,
    reply: z.object({ invitation: z.string(), expiresAt: time }),
  }),

  listTeams: endpoint({
    method: 'GET',
    path: '/api/teams',
    permission: 'server:admin',
    summary: 'Teams and their members.',
    params: none,
    query: none,
    body: 'none',
    reply: z.object({ teams: z.array(team) }),
  }),
  createTeam: endpoint({
    method: 'POST',
    path: '/api/teams',
    permission: 'server:admin',
    summary: 'Makes a team.',
    params: none,
    query: none,
    body: z.object({ name, members: z.array(accountKey).max(10_000).default([]) }),
    reply: team,
  }),
  updateTeam: endpoint({
    method: 'PATCH',
    path: '/api/teams/{team}',
    permission: 'server:admin',
    summary: 'Renames a team or replaces its members.',
    params: z.object({ team: teamKey }),
    query: none,
    body: z.object({ name: name.optional(), members: z.array(accountKey).max(10_000).optional() }),
    reply: team,
  }),
  deleteTeam: endpoint({
    method: 'DELETE',
    path: '/api/teams/{team}',
    permission: 'server:admin',
    summary: 'Deletes a team; its roles go with it.',
    params: z.object({ team: teamKey }),
    query: none,
    body: 'none',
    reply: team,
  }),

  listRoles: endpoint({
    method: 'GET',
    path: '/api/roles',
    permission: 'role:admin',
    summary:
      'Who holds which role where; of one project or workspace for its admins, of the server for the server’s.',
    params: none,
    query: z.object({ project: projectKey.optional(), workspace: z.string().optional() }),
    body: 'none',
    reply: z.object({ roles: z.array(roleBinding) }),
  }),
  listHolders: endpoint({
    method: 'GET',
    path: '/api/holders',
    permission: 'role:admin',
    summary:
      'Names of accounts and teams, for those who give roles: at one project or workspace for its admins.',
    params: none,
    query: z.object({ project: projectKey.optional(), workspace: z.string().optional() }),
    body: 'none',
    reply: z.object({ holders: z.array(holderName) }),
  }),
  setRole: endpoint({
    method: 'PUT',
    path: '/api/roles',
    permission: 'role:admin',
    summary: 'Gives a role at a place, or takes it back with null. The last admin of the server stays one.',
    params: none,
    query: none,
    body: z.object({ holder: roleHolder, place: rolePlace, role: role.nullable() }),
    reply: z.object({ roles: z.array(roleBinding) }),
  }),

  listAudit: endpoint({
    method: 'GET',
    path: '/api/audit',
    permission: 'audit:read',
    summary: 'The audit log, newest first.',
    params: none,
    query: z.object({
      before: z.coerce.number().int().positive().optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
      action: z.string().optional(),
      actor: z.string().optional(),
    }),
    body: 'none',
    reply: z.object({ entries: z.array(auditEntry), next: z.int().optional() }),
  }),
  verifyAudit: endpoint({
    method: 'GET',
    path: '/api/audit/verification',
    permission: 'audit:read',
    summary: 'Recomputes the chain of the audit log; names the first entry that does not fit.',
    params: none,
    query: none,
    body: 'none',
    reply: z.object({ entries: z.int(), isIntact: z.boolean(), brokenAt: z.int().optional() }),
  }),
};
