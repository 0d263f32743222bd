import type { Actor } from '#core/domain/actor.ts';
import type { Dataset } from '#core/domain/dataset.ts';
import { actorColumns, optional, readActor } from './documents.ts';
import { StagedRows } from './staged-rows.ts';
import type { CatalogDb, DatasetTable } from './tables.ts';

/** A dataset as whoever described it first did. */
export interface DatasetRow {
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
      const [name, digest] = JSON.parse(key) as [string, string];
      const row = await db
        .selectFrom('dataset')
        .selectAll()
        .where('name', '=', name)
        .where('digest', '=', digest)
        .executeTakeFirst();
      if (row) found.set(key, readDataset(row));
    }
    return found;
  }, KEPT_DATASETS);
}

export function datasetKey(name: string, digest: string): string {
  return JSON.stringify([name, digest]);
}

export async function flushDatasets(db: CatalogDb, rows: ReadonlyMap<string, DatasetRow>): Promise<void> {
  for (const { dataset, at, actor } of rows.values()) {
    const values: DatasetTable = {
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

function readDataset(row: DatasetTable): DatasetRow {
  const dataset: Dataset = {
    name: row.name,
    digest: row.digest,
    sourceType: row.source_type,
    source: row.source,
    ...optional('schema', row.schema),
    ...optional('profile', row.profile),
  };
  return { dataset, at: row.created_at, actor: readActor(row) };
}
