import { DEFAULT_WORKSPACE, type ProjectId, type WorkspaceId } from '#core/domain/ids.ts';
import type { WorkspaceChange } from '#core/tracking/ports/workspace-change.ts';
import { defaultWorkspaceStays, noWorkspace, workspaceInUse, workspaceTaken } from '#storage/sql/refusals.ts';
import type { Applying } from './applying.ts';
import { removeRolesAt } from './identity-teams.ts';
import { storeWorkspace, workspaceOf } from './workspaces.ts';

export async function applyWorkspace(applying: Applying, change: WorkspaceChange): Promise<void> {
  const { db, at, actor } = applying;
  const { workspace: id } = change;
  const workspace = await workspaceOf(db, id);
  if (change.kind === 'create-workspace') {
    if (workspace) throw workspaceTaken(id);
    const { name, description } = change;
    const made = { createdAt: at, updatedAt: at, createdBy: actor };
    return storeWorkspace(db, { id, name, description, ...made });
  }
  if (!workspace) throw noWorkspace(id);
  if (change.kind === 'update-workspace') {
    const { name = workspace.name, description = workspace.description } = change;
    return storeWorkspace(db, { ...workspace, name, description, updatedAt: at });
  }
  if (id === DEFAULT_WORKSPACE) throw defaultWorkspaceStays();
  if ((await hasProjects(applying, id)) || (await hasModels(applying, id))) throw workspaceInUse(id);
  await db.deleteFrom('workspace').where('id', '=', id).execute();
  await removeRolesAt(applying, { scope: 'workspace', workspace: id });
}

/** As the current group sees it. */
async function hasProjects({ db, rows }: Applying, workspace: WorkspaceId): Promise<boolean> {
  if (
    rows.projects
      .staged()
      .values()
      .some(({ project }) => project.workspace === workspace)
  )
    return true;
  const removed = new Set(rows.projects.removed());
  const query = db.selectFrom('project').select('id').where('workspace', '=', workspace);
  const found = await query.limit(removed.size + 1).execute();
  return found.some(({ id }) => !removed.has(id as ProjectId));
}

async function hasModels({ db }: Applying, workspace: WorkspaceId): Promise<boolean> {
  const query = db.selectFrom('registered_model').select('id').where('workspace', '=', workspace);
  return (await query.where('deleted_at', 'is', null).executeTakeFirst()) !== undefined;
}
