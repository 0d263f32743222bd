import type { Actor } from './actor.ts';

export type AuditAction =
  | 'setup.done'
  | 'session.opened'
  | 'session.refused'
  | 'session.ended'
  | 'account.created'
  | 'account.changed'
  | 'account.invited'
  | 'password.changed'
  | 'key.created'
  | 'key.revoked'
  | 'team.created'
  | 'team.changed'
  | 'team.deleted'
  | 'role.changed'
  | 'workspace.created'
  | 'workspace.changed'
  | 'workspace.deleted'
  | 'project.deleted'
  | 'project.restored'
  | 'project.purged'
  | 'run.deleted'
  | 'run.restored'
  | 'run.purged'
  | 'model.deleted'
  | 'registered.deleted'
  | 'version.deleted'
  | 'gates.declared'
  | 'files.deleted';

/** What somebody did, as it is told to the store. */
export interface AuditNote {
  readonly action: AuditAction;
  /** What it was done to: `run 4f…`, `account u-…`; no secret ever. */
  readonly subject: string;
  /** Facts that a reader needs: the role that was given, the name that was used. */
  readonly details: Readonly<Record<string, string>>;
  /** The client's network address, when there is one. */
  readonly address?: string;
}

/** A row of the audit log. `hash` covers every other member and the row before it, so that no row can be changed, dropped or slipped in unseen. */
export interface AuditEntry extends AuditNote {
  /** 1, 2, 3 … without a gap. */
  readonly number: number;
  readonly actor: Actor;
  /** Milliseconds UTC. */
  readonly at: number;
  /** SHA-256, 64 hexadecimal digits; of the first row 64 zeros. */
  readonly previous: string;
  readonly hash: string;
}

/** The text that a row's hash is taken of: every other member as RFC 8785 JSON, members in code unit order. */
export function canonicalAudit(entry: Omit<AuditEntry, 'hash'>): string {
  const { action, actor, address, at, number, previous, subject } = entry;
  // Pair by pair: an object would put integer-like keys first and lose `__proto__`.
  const details = Object.entries(entry.details)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  const members = [
    `"action":${JSON.stringify(action)}`,
    `"actor":${JSON.stringify({ id: actor.id, kind: actor.kind })}`,
    ...(address === undefined ? [] : [`"address":${JSON.stringify(address)}`]),
    `"at":${at}`,
    `"details":{${details.join(',')}}`,
    `"number":${number}`,
    `"previous":${JSON.stringify(previous)}`,
    `"subject":${JSON.stringify(subject)}`,
  ];
  return `{${members.join(',')}}`;
}
