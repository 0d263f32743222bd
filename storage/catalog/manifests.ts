import { createHash } from 'node:crypto';
import type { Actor } from '#core/domain/actor.ts';
import type { BlobDigest, ManifestDigest } from '#core/domain/ids.ts';
import { canonicalManifest, type Manifest } from '#core/domain/manifest.ts';
import { actorColumns } from './documents.ts';
import { inBatches } from './staged-rows.ts';
import type { CatalogDb } from './tables.ts';

/** Keeps a manifest under the SHA-256 of its canonical text; equal content is kept once. */
export async function storeManifest(
  db: CatalogDb,
  manifest: Manifest,
  { at, actor }: { readonly at: number; readonly actor: Actor },
): Promise<ManifestDigest> {
  const document = canonicalManifest(manifest);
  const digest = createHash('sha256').update(document).digest('hex') as ManifestDigest;
  await db
    .insertInto('manifest')
    .values({
      digest,
      document,
      files: manifest.entries.length,
      size_bytes: manifest.entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      created_at: at,
      ...actorColumns(actor),
    })
    .onConflict((conflict) => conflict.column('digest').doNothing())
    .execute();
  const blobs = [...new Set(manifest.entries.map((entry) => entry.digest))];
  for (const some of inBatches(blobs)) {
    await db
      .insertInto('manifest_blob')
      .values(some.map((blob) => ({ manifest: digest, blob })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return digest;
}

export async function readManifest(db: CatalogDb, digest: ManifestDigest): Promise<Manifest | undefined> {
  const row = await db
    .selectFrom('manifest')
    .select('document')
    .where('digest', '=', digest)
    .executeTakeFirst();
  return row && (JSON.parse(row.document) as Manifest);
}

/** Without reading its entries. */
export async function manifestSize(
  db: CatalogDb,
  digest: ManifestDigest,
): Promise<{ readonly files: number; readonly bytes: number } | undefined> {
  return db
    .selectFrom('manifest')
    .select(['files', 'size_bytes as bytes'])
    .where('digest', '=', digest)
    .executeTakeFirst();
}

/** Forgets a manifest. */
export async function removeManifest(db: CatalogDb, digest: ManifestDigest): Promise<void> {
  await db.deleteFrom('manifest_blob').where('manifest', '=', digest).execute();
  await db.deleteFrom('manifest').where('digest', '=', digest).execute();
}

/** Whether a tree or a manifest names the blob. */
export async function isBlobNamed(db: CatalogDb, blob: BlobDigest): Promise<boolean> {
  const inTree = await db
    .selectFrom('tree_file')
    .select('digest')
    .where('digest', '=', blob)
    .limit(1)
    .executeTakeFirst();
  if (inTree) return true;
  const sealed = await db
    .selectFrom('manifest_blob')
    .select('blob')
    .where('blob', '=', blob)
    .limit(1)
    .executeTakeFirst();
  return sealed !== undefined;
}
