import type { ManifestDigest, ModelId, ProjectId, RunId } from '#core/domain/ids.ts';
import type { LoggedModel, ModelStatus } from '#core/domain/logged-model.ts';
import { actorColumns, optional, pairsOf, readActor, type Pairs } from './documents.ts';
import { inBatches, StagedRows } from './staged-rows.ts';
import type { CatalogDb, ModelTable } from './tables.ts';

/** A logged model without what its series tell. */
export type ModelRow = Omit<LoggedModel, 'metrics'>;

interface ModelDocument {
  readonly params: Pairs;
  readonly tags: Pairs;
}

const KEPT_MODELS = 1000;

export function modelRows(): StagedRows<ModelId, ModelRow> {
  return new StagedRows(async (db, ids) => {
    const found = new Map<ModelId, ModelRow>();
    for (const some of inBatches(ids)) {
      const rows = await db.selectFrom('model').selectAll().where('id', 'in', some).execute();
      for (const row of rows) found.set(row.id as ModelId, readModel(row));
    }
    return found;
  }, KEPT_MODELS);
}

export async function flushModels(db: CatalogDb, rows: ReadonlyMap<ModelId, ModelRow>): Promise<void> {
  for (const row of rows.values()) {
    const { id, ...values } = writeModel(row);
    await db
      .insertInto('model')
      .values({ id, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .execute();
  }
}

function writeModel(model: ModelRow): ModelTable {
  const document: ModelDocument = { params: pairsOf(model.params), tags: pairsOf(model.tags) };
  return {
    id: model.id,
    project: model.project,
    name: model.name,
    model_type: model.modelType,
    source_run: model.sourceRun ?? null,
    status: model.status,
    status_message: model.statusMessage ?? null,
    artifact_uri: model.artifactUri,
    created_at: model.createdAt,
    updated_at: model.updatedAt,
    deleted_at: model.deletedAt ?? null,
    manifest: model.manifest ?? null,
    ...actorColumns(model.createdBy),
    document: JSON.stringify(document),
  };
}

function readModel(row: ModelTable): ModelRow {
  const document = JSON.parse(row.document) as ModelDocument;
  return {
    id: row.id as ModelId,
    project: row.project as ProjectId,
    name: row.name,
    modelType: row.model_type,
    ...optional('sourceRun', row.source_run as RunId | null),
    status: row.status as ModelStatus,
    ...optional('statusMessage', row.status_message),
    artifactUri: row.artifact_uri,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...optional('deletedAt', row.deleted_at),
    createdBy: readActor(row),
    params: new Map(document.params),
    tags: new Map(document.tags),
    ...optional('manifest', row.manifest as ManifestDigest | null),
  };
}
