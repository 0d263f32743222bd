import { sql } from 'kysely';
import type { ModelVersion, VersionRef } from '#core/domain/registry.ts';
import type { VersionQuery } from '#core/tracking/ports/registry.ts';
import { inBatches } from '../staged-rows.ts';
import type { CatalogDb } from '../tables.ts';
import { inVersions, keyOf, refsInBatches } from './version-refs.ts';
import { readVersion, tagColumns } from './versions.ts';

/** In the order of the refs; what is deleted or not there is left out. */
export async function versionsWith(
  db: CatalogDb,
  refs: readonly VersionRef[],
): Promise<readonly ModelVersion[]> {
  const found = new Map<string, ModelVersion>();
  for (const some of refsInBatches(refs)) {
    const rows = await readable(db)
      .where(inVersions('v', 'number', some))
      .execute();
    for (const row of rows) found.set(keyOf(row), readVersion(row));
  }
  return refs.flatMap((ref) => found.get(keyOf(ref)) ?? []);
}

/**
 * By model id, then number. One of the lists that are asked for leads, by its index; whatever else is asked for is
 * looked at in memory, the workspace included: SQLite would rather begin with all models of it.
 */
export async function findVersions(db: CatalogDb, query: VersionQuery): Promise<readonly ModelVersion[]> {
  const found: ModelVersion[] = [];
  for (const led of leading(readable(db), query)) {
    for (const row of await led.select('m.workspace').execute()) {
      if (row.workspace !== query.workspace) continue;
      const version = readVersion(row);
      if (isWanted(version, query)) found.push(version);
    }
  }
  return found.toSorted((a, b) => byText(a.model, b.model) || a.number - b.number);
}

function* leading(
  all: ReturnType<typeof readable>,
  { workspace, models, runs, loggedModels, tag }: VersionQuery,
): Generator<ReturnType<typeof readable>> {
  if (models) {
    for (const some of inBatches([...new Set(models)])) yield all.where('v.model', 'in', some);
  } else if (runs) {
    for (const some of inBatches([...new Set(runs)])) yield all.where('v.run', 'in', some);
  } else if (loggedModels) {
    for (const some of inBatches([...new Set(loggedModels)])) yield all.where('v.logged_model', 'in', some);
  } else if (tag) {
    const { key, value } = tagColumns(tag.key, tag.value ?? '');
    const ofValue = tag.value === undefined ? sql`` : sql` AND value = ${value}`;
    const tagged = sql`SELECT model, number FROM version_tag WHERE key = ${key}${ofValue}`;
    yield all.where(sql<boolean>`(v.model, v.number) IN (${tagged})`);
  } else {
    yield all.where('m.workspace', '=', workspace);
  }
}

function isWanted(
  { run, loggedModel, tags }: ModelVersion,
  { runs, loggedModels, tag }: VersionQuery,
): boolean {
  if (runs && !(run !== undefined && runs.includes(run))) return false;
  if (loggedModels && !(loggedModel !== undefined && loggedModels.includes(loggedModel))) return false;
  if (!tag) return true;
  const value = tags.get(tag.key);
  return value !== undefined && (tag.value === undefined || tag.value === value);
}

/** Those that are not deleted, with their models. */
function readable(db: CatalogDb) {
  return db
    .selectFrom('model_version as v')
    .innerJoin('registered_model as m', 'm.id', 'v.model')
    .where('v.deleted_at', 'is', null)
    .where('m.deleted_at', 'is', null)
    .selectAll('v');
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
