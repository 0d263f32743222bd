import type { RolePlace } from '#core/domain/account.ts';
import type { ProjectId, WorkspaceId } from '#core/domain/ids.ts';

/** One project, one workspace, or neither for the whole server. */
export interface PlaceAsk {
  readonly project?: ProjectId;
  readonly workspace?: WorkspaceId;
}

/** The narrowest place that is named. */
export function placeAsked({ project, workspace }: PlaceAsk): RolePlace {
  if (project !== undefined) return { scope: 'project', project };
  return workspace === undefined ? { scope: 'server' } : { scope: 'workspace', workspace };
}
