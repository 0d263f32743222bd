import type { z } from 'zod';
import type {
  account,
  apiKey,
  auditEntry,
  holderName,
  roleBinding,
  team,
} from '#core/contract/identity-endpoints.ts';
import type { ownSession, session } from '#core/contract/session-endpoints.ts';
import type { Account, ApiKey, RoleBinding, Team } from '#core/domain/account.ts';
import type { AuditEntry } from '#core/domain/audit.ts';
import type { Grant } from '#core/tracking/access/principal.ts';
import type { Holders } from '#core/tracking/roles/list-holders.ts';
import type { OwnSession } from '#core/tracking/sessions/list-sessions.ts';
import type { SessionFacts } from '#core/tracking/sessions/describe-session.ts';
import type { ServerFacts } from '#protocols/edge/wire.ts';

// Domain → contract, one function a noun. No secret and no hash of one is in any of it.

export function presentAccount(given: Account): z.output<typeof account> {
  const { id, kind, name, displayName, createdAt, disabledAt } = given;
  return { id, kind, name, displayName, createdAt, ...(disabledAt !== undefined && { disabledAt }) };
}

export function presentTeam({ members, ...rest }: Team): z.output<typeof team> {
  return { ...rest, members: [...members] };
}

export function presentKey({ projects, ...rest }: ApiKey): z.output<typeof apiKey> {
  return { ...rest, ...(projects && { projects: [...projects] }) };
}

export function presentBinding({ holder, place, role }: RoleBinding): z.output<typeof roleBinding> {
  return { holder: { ...holder }, place: { ...place }, role };
}

export function presentHolders({ accounts, teams }: Holders): { holders: z.output<typeof holderName>[] } {
  return {
    holders: [
      ...accounts.map(({ id, name, displayName, kind, disabledAt }) => ({
        kind: 'account' as const,
        id,
        name,
        displayName,
        accountKind: kind,
        isDisabled: disabledAt !== undefined,
      })),
      ...teams.map(({ id, name }) => ({ kind: 'team' as const, id, name })),
    ],
  };
}

export function presentEntry({ actor, details, ...rest }: AuditEntry): z.output<typeof auditEntry> {
  return { ...rest, actor: { ...actor }, details: { ...details } };
}

export function presentSession(
  mode: ServerFacts['mode'],
  { needsSetup, account: owner, grants, expiresAt }: SessionFacts,
): z.output<typeof session> {
  return {
    mode,
    needsSetup,
    ...(owner && { account: presentAccount(owner) }),
    grants: grants.map(presentGrant),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

export function presentOwnSession(given: OwnSession): z.output<typeof ownSession> {
  const { id, createdAt, expiresAt, seenAt, address, agent, isCurrent } = given;
  const from = { ...(address !== undefined && { address }), ...(agent !== undefined && { agent }) };
  return { id, createdAt, expiresAt, seenAt, ...from, isCurrent };
}

function presentGrant({ role, ...place }: Grant): z.output<typeof session>['grants'][number] {
  return { place, role };
}
