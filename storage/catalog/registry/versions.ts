import type { ManifestDigest, ModelId, RegisteredModelId, RunId } from '#core/domain/ids.ts';
import type { Objective } from '#core/domain/project.ts';
import type { ModelVersion, RegisteredModel, VersionRef } from '#core/domain/registry.ts';
import { noVersion } from '#storage/sql/refusals.ts';
import type { Applying } from '../applying.ts';
import { actorColumns, optional, pairsOf, readActor, type Pairs } from '../documents.ts';
import { inBatches } from '../staged-rows.ts';
import type { CatalogDb } from '../tables.ts';
import { activeRegistered } from './registered-models.ts';
import type { ModelVersionTable, VersionTagTable } from './schema/registry-tables.ts';

interface VersionDocument {
  readonly tags: Pairs;
  readonly objective?: Objective;
  readonly deprecated?: { readonly at: number; readonly reason: string };
}

export interface ActiveVersion {
  readonly model: RegisteredModel;
  readonly version: ModelVersion;
}

/** @throws Fault `not_found`, also when it or its model is deleted. */
export async function activeVersion({ db }: Pick<Applying, 'db'>, ref: VersionRef): Promise<ActiveVersion> {
  const model = await activeRegistered({ db }, ref.model);
  const row = await db
    .selectFrom('model_version')
    .selectAll()
    .where('model', '=', ref.model)
    .where('number', '=', ref.number)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw noVersion(ref);
  return { model, version: readVersion(row) };
}

export async function addVersion(applying: Applying, version: ModelVersion): Promise<void> {
  await applying.later.insertInto('model_version').values(writeVersion(version)).execute();
  await indexTags(applying, version);
}

/** Keeps a version one of whose own members changed. */
export async function storeVersion(
  { later, at }: Applying,
  version: ModelVersion,
  deletedAt?: number,
): Promise<void> {
  const { model, number, ...values } = writeVersion({ ...version, updatedAt: at });
  await later
    .updateTable('model_version')
    .set({ ...values, deleted_at: deletedAt ?? null })
    .where('model', '=', model)
    .where('number', '=', number)
    .execute();
}

export async function isVersionThere({ db }: Applying, { model, number }: VersionRef): Promise<boolean> {
  const row = await db
    .selectFrom('model_version')
    .select('number')
    .where('model', '=', model)
    .where('number', '=', number)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Also one that is deleted: its manifest stays. */
export async function isManifestOfVersion(db: CatalogDb, manifest: ManifestDigest): Promise<boolean> {
  const query = db.selectFrom('model_version').select('number').where('manifest', '=', manifest);
  return (await query.limit(1).executeTakeFirst()) !== undefined;
}

/** They stay without the run. The models they are of. */
export async function forgetRunOfVersions(
  { db, later, at }: Applying,
  run: RunId,
): Promise<readonly RegisteredModelId[]> {
  const made = await db
    .selectFrom('model_version')
    .select('model')
    .distinct()
    .where('run', '=', run)
    .orderBy('model')
    .execute();
  if (made.length > 0) {
    await later
      .updateTable('model_version')
      .set({ run: null, updated_at: at })
      .where('run', '=', run)
      .execute();
  }
  return made.map(({ model }) => model as RegisteredModelId);
}

/** So that it is found by the tags that it has now. */
export async function reindexTags(applying: Applying, version: ModelVersion): Promise<void> {
  await forgetTags(applying, version);
  await indexTags(applying, version);
}

export async function forgetTags({ later }: Applying, { model, number }: VersionRef): Promise<void> {
  await later.deleteFrom('version_tag').where('model', '=', model).where('number', '=', number).execute();
}

async function indexTags({ later }: Applying, { model, number, tags }: ModelVersion): Promise<void> {
  const rows = Array.from(tags, ([key, value]) => ({ ...tagColumns(key, value), model, number }));
  for (const some of inBatches(rows)) {
    await later
      .insertInto('version_tag')
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** An index row of PostgreSQL has 2700 bytes; who looks by these beginnings looks at the whole afterwards. */
const INDEXED = 200;

/** As a tag stands in its table. */
export function tagColumns(key: string, value: string): Pick<VersionTagTable, 'key' | 'value'> {
  return { key: beginning(key), value: beginning(value) };
}

/** Never half of a surrogate pair. */
function beginning(text: string): string {
  const cut = text.slice(0, INDEXED);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

function writeVersion(version: ModelVersion): ModelVersionTable {
  const { deprecated, objective } = version;
  const document: VersionDocument = {
    tags: pairsOf(version.tags),
    ...(objective && { objective }),
    ...(deprecated && { deprecated }),
  };
  return {
    model: version.model,
    number: version.number,
    description: version.description,
    created_at: version.createdAt,
    updated_at: version.updatedAt,
    deleted_at: null,
    user_id: version.userId,
    run: version.run ?? null,
    logged_model: version.loggedModel ?? null,
    source: version.source,
    storage_location: version.storageLocation,
    run_link: version.runLink ?? null,
    manifest: version.manifest ?? null,
    stage: version.stage,
    ...actorColumns(version.createdBy),
    document: JSON.stringify(document),
  };
}

export function readVersion(row: ModelVersionTable): ModelVersion {
  const { tags, objective, deprecated } = JSON.parse(row.document) as VersionDocument;
  return {
    model: row.model as RegisteredModelId,
    number: row.number,
    description: row.description,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    createdBy: readActor(row),
    userId: row.user_id,
    ...optional('run', row.run as RunId | null),
    ...optional('loggedModel', row.logged_model as ModelId | null),
    source: row.source,
    storageLocation: row.storage_location,
    ...optional('runLink', row.run_link),
    ...optional('manifest', row.manifest as ManifestDigest | null),
    stage: row.stage,
    tags: new Map(tags),
    ...(objective && { objective }),
    ...(deprecated && { deprecated }),
  };
}
