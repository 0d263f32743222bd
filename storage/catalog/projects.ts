import type { ProjectId, WorkspaceId } from '#core/domain/ids.ts';
import type { ObjectiveChange, Project } from '#core/domain/project.ts';
import { actorColumns, optional, pairsOf, readActor, type Pairs } from './documents.ts';
import { inBatches, StagedRows } from './staged-rows.ts';
import type { CatalogDb, ProjectTable } from './tables.ts';

export interface ProjectRow {
  readonly project: Project;
  readonly ordinal: number;
}

interface ProjectDocument {
  readonly tags: Pairs;
  readonly objectives: readonly ObjectiveChange[];
}

const KEPT_PROJECTS = 1000;

export function projectRows(): StagedRows<ProjectId, ProjectRow> {
  return new StagedRows(async (db, ids) => {
    const found = new Map<ProjectId, ProjectRow>();
    for (const some of inBatches(ids)) {
      const rows = await db.selectFrom('project').selectAll().where('id', 'in', some).execute();
      for (const row of rows) found.set(row.id as ProjectId, readProject(row));
    }
    return found;
  }, KEPT_PROJECTS);
}

/** The project of that name as the current group sees it. */
export async function projectNamed(
  db: CatalogDb,
  rows: StagedRows<ProjectId, ProjectRow>,
  wanted: Pick<Project, 'workspace' | 'name'>,
): Promise<Project | undefined> {
  const isWanted = ({ project }: ProjectRow) =>
    project.workspace === wanted.workspace && project.name === wanted.name;
  const staged = rows.staged().values().find(isWanted);
  if (staged) return staged.project;
  const id = await projectIdNamed(db, wanted.workspace, wanted.name);
  // The one that has the name in the table may have lost it within this group.
  return id === undefined || rows.isStaged(id) ? undefined : (await rows.get(db, id))?.project;
}

export async function projectIdNamed(
  db: CatalogDb,
  workspace: WorkspaceId,
  name: string,
): Promise<ProjectId | undefined> {
  const row = await db
    .selectFrom('project')
    .select('id')
    .where('workspace', '=', workspace)
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.id as ProjectId | undefined;
}

export async function flushProjects(db: CatalogDb, rows: ReadonlyMap<ProjectId, ProjectRow>): Promise<void> {
  if (rows.size > 1) {
    // Names may have changed hands within the group: all stand aside before any is taken.
    for (const id of rows.keys()) {
      await db
        .updateTable('project')
        .set({ name: `\u0001${id}` })
        .where('id', '=', id)
        .execute();
    }
  }
  for (const row of rows.values()) {
    const { id, ordinal, ...values } = writeProject(row);
    await db
      .insertInto('project')
      .values({ id, ordinal, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .execute();
  }
}

function writeProject({ project, ordinal }: ProjectRow): ProjectTable {
  const document: ProjectDocument = { tags: pairsOf(project.tags), objectives: project.objectives };
  return {
    id: project.id,
    ordinal,
    workspace: project.workspace,
    name: project.name,
    artifact_location: project.artifactLocation,
    created_at: project.createdAt,
    updated_at: project.updatedAt,
    deleted_at: project.deletedAt ?? null,
    ...actorColumns(project.createdBy),
    document: JSON.stringify(document),
  };
}

function readProject(row: ProjectTable): ProjectRow {
  const document = JSON.parse(row.document) as ProjectDocument;
  const project: Project = {
    id: row.id as ProjectId,
    workspace: row.workspace as WorkspaceId,
    name: row.name,
    artifactLocation: row.artifact_location,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...optional('deletedAt', row.deleted_at),
    createdBy: readActor(row),
    tags: new Map(document.tags),
    objectives: document.objectives,
  };
  return { project, ordinal: row.ordinal };
}
