import type { AccountId, KeyId, Role, RolePlace, SecretHash, TeamId } from '#core/domain/account.ts';
import type { Change } from '#core/tracking/ports/change.ts';

export function accountIdOf(n: number): AccountId {
  return `u-${n.toString(16).padStart(16, '0')}` as AccountId;
}

export function teamIdOf(n: number): TeamId {
  return `t-${n.toString(16).padStart(16, '0')}` as TeamId;
}

export function keyIdOf(n: number): KeyId {
  return `k-${n.toString(16).padStart(16, '0')}` as KeyId;
}

export function secretHashOf(n: number): SecretHash {
  return n.toString(16).padStart(16, '0').padEnd(64, '0') as SecretHash;
}

export function createUser(n: number, name = `user-${n}`): Change {
  return {
    kind: 'create-account',
    account: { id: accountIdOf(n), kind: 'user', name, displayName: name.toUpperCase() },
  };
}

export function createService(n: number, name = `service-${n}`): Change {
  return {
    kind: 'create-account',
    account: { id: accountIdOf(n), kind: 'service', name, displayName: name },
  };
}

export function createTeam(n: number, members: readonly number[], name = `team-${n}`): Change {
  return { kind: 'create-team', team: { id: teamIdOf(n), name, members: members.map(accountIdOf) } };
}

export function createKey(n: number, account: number, more: { readonly expiresAt?: number } = {}): Change {
  const key = { id: keyIdOf(n), account: accountIdOf(account), name: 'laptop', prefix: 'cairn-AbCd' };
  return { kind: 'create-key', key: { ...key, role: 'editor', ...more }, hash: secretHashOf(n) };
}

export function giveRole(
  holder: AccountId | TeamId,
  role: Role | null,
  place: RolePlace = { scope: 'server' },
): Change {
  return holder.startsWith('u-')
    ? { kind: 'set-role', holder: { kind: 'account', id: holder as AccountId }, place, role }
    : { kind: 'set-role', holder: { kind: 'team', id: holder as TeamId }, place, role };
}

export function audit(subject: string, details: Readonly<Record<string, string>> = {}): Change {
  return { kind: 'record-audit', note: { action: 'run.deleted', subject, details } };
}
