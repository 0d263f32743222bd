import { DEFAULT_WORKSPACE, type WorkspaceId } from '#core/domain/ids.ts';
import type { WorkspaceChange } from '#core/tracking/ports/workspace-change.ts';
import { defaultWorkspaceStays, noWorkspace, workspaceInUse, workspaceTaken } from '#storage/sql/refusals.ts';
import { removeRolesAt } from './apply-team.ts';
import type { Applying, State } from './state.ts';

export function applyWorkspace(applying: Applying, change: WorkspaceChange): void {
  const { state, at, actor } = applying;
  const { workspace: id } = change;
  const workspace = state.workspaces.get(id);
  if (change.kind === 'create-workspace') {
    if (workspace) throw workspaceTaken(id);
    const { name, description } = change;
    state.workspaces.set(id, { id, name, description, createdAt: at, updatedAt: at, createdBy: actor });
    return;
  }
  if (!workspace) throw noWorkspace(id);
  if (change.kind === 'update-workspace') {
    const { name = workspace.name, description = workspace.description } = change;
    state.workspaces.set(id, { ...workspace, name, description, updatedAt: at });
    return;
  }
  if (id === DEFAULT_WORKSPACE) throw defaultWorkspaceStays();
  if (isInUse(state, id)) throw workspaceInUse(id);
  state.workspaces.delete(id);
  removeRolesAt(applying, { scope: 'workspace', workspace: id });
}

function isInUse(state: State, id: WorkspaceId): boolean {
  if (state.projects.values().some(({ workspace }) => workspace === id)) return true;
  return state.registered.values().some((model) => model.workspace === id && model.deletedAt === undefined);
}
