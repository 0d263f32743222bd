import type { Actor } from '#core/domain/actor.ts';
import type { Dataset } from '#core/domain/dataset.ts';
import type { ProjectId, WorkspaceId } from '#core/domain/ids.ts';
import { actorColumns, optional, readActor } from './documents.ts';
import { StagedRows } from './staged-rows.ts';
import type { CatalogDb, DatasetTable } from './tables.ts';

/** A dataset as whoever described it first in a project did. */
export interface DatasetRow {
  readonly project: ProjectId;
  readonly dataset: Dataset;
  readonly at: number;
  readonly actor: Actor;
}

/** Profiles may be megabytes, so few stay in memory. */
const KEPT_DATASETS = 200;

export function datasetRows(): StagedRows<string, DatasetRow> {
  return new StagedRows(async (db, keys) => {
    const found = new Map<string, DatasetRow>();
    for (const key of keys) {
      const [project, name, digest] = JSON.parse(key) as [string, string, string];
      const row = await db
        .selectFrom('dataset')
        .selectAll()
        .where('project', '=', project)
        .where('name', '=', name)
        .where('digest', '=', digest)
        .executeTakeFirst();
      if (row) found.set(key, readDataset(row));
    }
    return found;
  }, KEPT_DATASETS);
}

export function datasetKey(project: ProjectId, { name, digest }: Pick<Dataset, 'name' | 'digest'>): string {
  return JSON.stringify([project, name, digest]);
}

export async function flushDatasets(db: CatalogDb, rows: Iterable<DatasetRow>): Promise<void> {
  for (const { project, dataset, at, actor } of rows) {
    const values: DatasetTable = {
      project,
      name: dataset.name,
      digest: dataset.digest,
      source_type: dataset.sourceType,
      source: dataset.source,
      schema: dataset.schema ?? null,
      profile: dataset.profile ?? null,
      created_at: at,
      ...actorColumns(actor),
    };
    await db.insertInto('dataset').values(values).execute();
  }
}

/** What was said first in any project of a workspace. */
export async function describedFirst(
  db: CatalogDb,
  { workspace, name, digest }: Pick<Dataset, 'name' | 'digest'> & { readonly workspace: WorkspaceId },
): Promise<Dataset | undefined> {
  const row = await db
    .selectFrom('dataset')
    .innerJoin('project', 'project.id', 'dataset.project')
    .selectAll('dataset')
    .where('project.workspace', '=', workspace)
    .where('dataset.name', '=', name)
    .where('dataset.digest', '=', digest)
    .orderBy('dataset.created_at')
    .orderBy('dataset.project')
    .limit(1)
    .executeTakeFirst();
  return row && readDataset(row).dataset;
}

function readDataset(row: DatasetTable): DatasetRow {
  const dataset: Dataset = {
    name: row.name,
    digest: row.digest,
    sourceType: row.source_type,
    source: row.source,
    ...optional('schema', row.schema),
    ...optional('profile', row.profile),
  };
  return { project: row.project as ProjectId, dataset, at: row.created_at, actor: readActor(row) };
}
