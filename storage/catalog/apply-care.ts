import type { BlobDigest } from '#core/domain/ids.ts';
import type { CareChange } from '#core/tracking/ports/change.ts';
import type { CatalogReader } from '#core/tracking/ports/readers.ts';
import type { Applying } from './applying.ts';
import { isBlobNamed } from './manifests.ts';
import { inBatches } from './staged-rows.ts';
import type { CatalogDb } from './tables.ts';

/** What keeps a store from growing for ever: none of it touches what anybody reads. */
export async function applyCare({ db, at }: Applying, change: CareChange): Promise<void> {
  switch (change.kind) {
    case 'condemn-blobs':
      for (const blob of change.blobs) {
        if (await isBlobNamed(db, blob)) continue;
        await db
          .insertInto('condemned_blob')
          .values({ blob, condemned_at: at })
          .onConflict((conflict) => conflict.column('blob').doNothing())
          .execute();
      }
      break;
    case 'forget-blobs':
      for (const some of inBatches(change.blobs)) {
        await db.deleteFrom('condemned_blob').where('blob', 'in', some).execute();
      }
      break;
    case 'forget-receipts':
      await forgetReceipts(db, change);
      break;
  }
}

async function forgetReceipts(
  db: CatalogDb,
  { before, limit }: Extract<CareChange, { kind: 'forget-receipts' }>,
): Promise<void> {
  const oldest = await db
    .selectFrom('receipt')
    .select(['actor_kind', 'actor_id', 'once'])
    .where('created_at', '<', before)
    .orderBy('created_at')
    .orderBy('actor_kind')
    .orderBy('actor_id')
    .orderBy('once')
    .limit(limit)
    .execute();
  for (const { actor_kind, actor_id, once } of oldest) {
    await db
      .deleteFrom('receipt')
      .where('actor_kind', '=', actor_kind)
      .where('actor_id', '=', actor_id)
      .where('once', '=', once)
      .execute();
  }
}

export async function condemnedBlobs(
  db: CatalogDb,
  { until, after, limit }: Parameters<CatalogReader['condemned']>[0],
): Promise<readonly BlobDigest[]> {
  const rows = await db
    .selectFrom('condemned_blob')
    .select('blob')
    // An integer in both databases, which Infinity is not.
    .where('condemned_at', '<=', Math.min(until, Number.MAX_SAFE_INTEGER))
    .where('blob', '>', after)
    .orderBy('blob')
    .limit(limit)
    .execute();
  return rows.map((row) => row.blob as BlobDigest);
}
