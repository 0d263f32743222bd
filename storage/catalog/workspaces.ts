import { DEFAULT_WORKSPACE, type WorkspaceId } from '#core/domain/ids.ts';
import { UNCHANGED_DEFAULT, type Workspace } from '#core/domain/workspace.ts';
import { actorColumns, readActor } from './documents.ts';
import type { CatalogDb, WorkspaceTable } from './tables.ts';

// `default` is no row until somebody changes it: a store has it before its first commit.

export async function workspaceOf(db: CatalogDb, id: WorkspaceId): Promise<Workspace | undefined> {
  const row = await db.selectFrom('workspace').selectAll().where('id', '=', id).executeTakeFirst();
  if (row) return readWorkspace(row);
  return id === DEFAULT_WORKSPACE ? UNCHANGED_DEFAULT : undefined;
}

/** By id, in code unit order. */
export async function listWorkspaces(db: CatalogDb): Promise<readonly Workspace[]> {
  const rows = await db.selectFrom('workspace').selectAll().execute();
  const changed = rows.map(readWorkspace);
  const all = rows.some(({ id }) => id === DEFAULT_WORKSPACE) ? changed : [UNCHANGED_DEFAULT, ...changed];
  return all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

export async function storeWorkspace(db: CatalogDb, workspace: Workspace): Promise<void> {
  const { id, ...values } = writeWorkspace(workspace);
  await db
    .insertInto('workspace')
    .values({ id, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute();
}

function writeWorkspace(workspace: Workspace): WorkspaceTable {
  return {
    id: workspace.id,
    name: workspace.name,
    description: workspace.description,
    created_at: workspace.createdAt,
    updated_at: workspace.updatedAt,
    ...actorColumns(workspace.createdBy),
  };
}

function readWorkspace(row: WorkspaceTable): Workspace {
  return {
    id: row.id as WorkspaceId,
    name: row.name,
    description: row.description,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    createdBy: readActor(row),
  };
}
