import { sql } from 'kysely';
import { ARTIFACT_NAME_LIMIT, type ArtifactRef, type ArtifactVersion } from '#core/domain/artifact.ts';
import type { ManifestDigest, WorkspaceId } from '#core/domain/ids.ts';
import type { RegistryReader } from '#core/tracking/ports/registry.ts';
import type { Applying } from '../applying.ts';
import { optional, readActor } from '../documents.ts';
import type { CatalogDb } from '../tables.ts';
import type { ArtifactVersionTable } from './schema/registry-tables.ts';

/**
 * The artifact's next version, unless it had this content before. One statement that nobody waits for: rows are never
 * removed and one commit is applied at a time, so the greatest number is the last.
 */
export async function seeArtifact(
  { later, actor, at }: Pick<Applying, 'later' | 'actor' | 'at'>,
  { workspace, type, name }: ArtifactRef,
  digest: string,
): Promise<void> {
  if (name.length > ARTIFACT_NAME_LIMIT) return;
  await sql`
    INSERT INTO artifact_version (id, workspace, type, name, number, digest, created_at, actor_kind, actor_id)
    SELECT
      (SELECT COALESCE(MAX(id), 0) + 1 FROM artifact_version), ${workspace}, ${type}, ${name},
      (SELECT COALESCE(MAX(number), 0) + 1 FROM artifact_version
        WHERE workspace = ${workspace} AND type = ${type} AND name = ${name}),
      ${digest}, CAST(${at} AS BIGINT), ${actor.kind}, ${actor.id}
    WHERE NOT EXISTS (SELECT 1 FROM artifact_version
      WHERE workspace = ${workspace} AND type = ${type} AND name = ${name} AND digest = ${digest})
  `.execute(later);
}

/** By name in code unit order, each with its newest version. */
export async function artifactsIn(
  db: CatalogDb,
  { workspace, type }: Parameters<RegistryReader['artifacts']>[0],
): Promise<readonly ArtifactVersion[]> {
  const newest = db
    .selectFrom('artifact_version')
    .select(({ fn }) => ['name', fn.max('number').as('number')])
    .where('workspace', '=', workspace)
    .where('type', '=', type)
    .groupBy('name');
  const rows = await readable(db, { workspace, type })
    .innerJoin(newest.as('newest'), (join) =>
      join.onRef('newest.name', '=', 'a.name').onRef('newest.number', '=', 'a.number'),
    )
    .execute();
  return rows.map(readArtifact).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** By number. */
export async function artifactVersionsOf(
  db: CatalogDb,
  artifact: ArtifactRef,
): Promise<readonly ArtifactVersion[]> {
  const query = readable(db, artifact).where('a.name', '=', artifact.name);
  return (await query.orderBy('a.number').execute()).map(readArtifact);
}

export async function artifactVersionWith(
  db: CatalogDb,
  ask: Parameters<RegistryReader['artifactVersion']>[0],
): Promise<ArtifactVersion | undefined> {
  const named = readable(db, ask).where('a.name', '=', ask.name);
  const query =
    'number' in ask ? named.where('a.number', '=', ask.number) : named.where('a.digest', '=', ask.digest);
  const row = await query.executeTakeFirst();
  return row && readArtifact(row);
}

/** Bytes that are elsewhere have no manifest here, and one that was sealed for a model goes with the model. */
function readable(db: CatalogDb, { workspace, type }: Pick<ArtifactRef, 'workspace' | 'type'>) {
  return db
    .selectFrom('artifact_version as a')
    .leftJoin('manifest', 'manifest.digest', 'a.digest')
    .where('a.workspace', '=', workspace)
    .where('a.type', '=', type)
    .selectAll('a')
    .select('manifest.digest as manifest');
}

function readArtifact(row: ArtifactVersionTable & { readonly manifest: string | null }): ArtifactVersion {
  return {
    workspace: row.workspace as WorkspaceId,
    type: row.type,
    name: row.name,
    number: row.number,
    digest: row.digest,
    ...optional('manifest', row.manifest as ManifestDigest | null),
    createdAt: row.created_at,
    createdBy: readActor(row),
  };
}
