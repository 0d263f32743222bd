import type { KeyId, Role, RolePlace } from '#core/domain/account.ts';
import type { Actor } from '#core/domain/actor.ts';
import type { ProjectId } from '#core/domain/ids.ts';

export type { Role };

/** A role, and where it holds. A grant on a workspace holds in all its projects. */
export type Grant = RolePlace & { readonly role: Role };

/** What an API key lets through of what its account may. */
export interface KeyLimit {
  /** The most that it may. */
  readonly role: Role;
  /** Absent: wherever its account may. Otherwise in these projects only, and nothing that is wider than a project. */
  readonly projects?: readonly ProjectId[];
  readonly expiresAt?: number;
  readonly key?: KeyId;
}

/** Who asks. Travels through every use-case, also in local mode. */
export interface Principal {
  readonly kind: Actor['kind'];
  readonly id: string;
  readonly grants: readonly Grant[];
  /** Present when an API key speaks for the account. */
  readonly limit?: KeyLimit;
  /** When the key or the session that speaks for him ends, ms UTC; absent: never. */
  readonly expiresAt?: number;
  /** The client's network address, for the audit log. */
  readonly address?: string;
}

/** Local mode's one owner: the server is bound to loopback and whoever reaches it owns it. */
export const LOCAL_OWNER: Principal = {
  kind: 'local',
  id: 'local',
  grants: [{ scope: 'server', role: 'admin' }],
};

/** Who asks without having logged in, where that is allowed: he may nothing. */
export const NOBODY: Principal = { kind: 'user', id: '', grants: [] };

export function actorOf(principal: Principal): Actor {
  return { kind: principal.kind, id: principal.id };
}
