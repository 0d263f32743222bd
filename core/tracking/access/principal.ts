import type { Actor } from '#core/domain/actor.ts';
import type { ProjectId, WorkspaceId } from '#core/domain/ids.ts';

export type Role = 'viewer' | 'editor' | 'admin';

/** A role, and where it holds. A grant on a workspace holds in all its projects. */
export type Grant =
  | { readonly scope: 'server'; readonly role: Role }
  | { readonly scope: 'workspace'; readonly workspace: WorkspaceId; readonly role: Role }
  | { readonly scope: 'project'; readonly project: ProjectId; readonly role: Role };

/** Who asks. Travels through every use-case, also in local mode. */
export interface Principal {
  readonly kind: Actor['kind'];
  readonly id: string;
  readonly grants: readonly Grant[];
}

/** Local mode's one owner: the server is bound to loopback and whoever reaches it owns it. */
export const LOCAL_OWNER: Principal = {
  kind: 'local',
  id: 'local',
  grants: [{ scope: 'server', role: 'admin' }],
};

export function actorOf(principal: Principal): Actor {
  return { kind: principal.kind, id: principal.id };
}
