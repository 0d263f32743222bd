import type { Actor } from '#core/domain/actor.ts';
import type { ProjectId } from '#core/domain/ids.ts';
import type { Commit, Receipt } from '#core/tracking/ports/change.ts';
import { actorColumns } from './documents.ts';
import type { CatalogDb } from './tables.ts';

/** The receipt that the actor's key got when it was first seen. */
export async function seenReceipt(db: CatalogDb, actor: Actor, once: string): Promise<Receipt | undefined> {
  const row = await db
    .selectFrom('receipt')
    .select(['sequence', 'projects', 'versions'])
    .where('actor_kind', '=', actor.kind)
    .where('actor_id', '=', actor.id)
    .where('once', '=', once)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    sequence: row.sequence,
    projects: JSON.parse(row.projects) as ProjectId[],
    ...(row.versions !== null && { versions: JSON.parse(row.versions) as number[] }),
    isRepeat: true,
  };
}

/** Kept in the same transaction as what the commit changed. */
export async function keepReceipt(
  db: CatalogDb,
  { actor, at }: Commit,
  { once, receipt }: { readonly once: string; readonly receipt: Receipt },
): Promise<void> {
  const { sequence, projects, versions } = receipt;
  await db
    .insertInto('receipt')
    .values({
      ...actorColumns(actor),
      once,
      sequence,
      projects: JSON.stringify(projects),
      versions: versions ? JSON.stringify(versions) : null,
      created_at: at,
    })
    .execute();
}

export async function areReceiptsBefore(db: CatalogDb, before: number): Promise<boolean> {
  const row = await db
    .selectFrom('receipt')
    .select('created_at')
    .where('created_at', '<', before)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
