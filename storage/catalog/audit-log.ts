import type { AuditAction, AuditEntry } from '#core/domain/audit.ts';
import type { AuditQuery } from '#core/tracking/ports/identity.ts';
import type { AuditChange } from '#core/tracking/ports/identity-change.ts';
import { chained } from '#storage/sql/audit-chain.ts';
import type { Applying } from './applying.ts';
import { actorColumns, optional, pairsOf, readActor, type Pairs } from './documents.ts';
import type { AuditTable } from './identity-tables.ts';
import type { CatalogDb } from './tables.ts';

/** Appends a row. Commits are applied one after the other on one connection, so the chain has no branch. */
export async function recordAudit({ db, actor, at }: Applying, { note }: AuditChange): Promise<void> {
  const last = await db
    .selectFrom('audit_entry')
    .select(['number', 'hash'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  await db
    .insertInto('audit_entry')
    .values(writeEntry(chained(last, note, { actor, at })))
    .execute();
}

/** Newest first. */
export async function auditPage(
  db: CatalogDb,
  { before, limit, action, actor }: AuditQuery,
): Promise<readonly AuditEntry[]> {
  let query = db.selectFrom('audit_entry').selectAll().orderBy('number', 'desc').limit(limit);
  if (before !== undefined) query = query.where('number', '<', before);
  if (action !== undefined) query = query.where('action', '=', action);
  if (actor !== undefined) query = query.where('actor_id', '=', actor);
  return (await query.execute()).map(readEntry);
}

const ROWS_AT_ONCE = 1000;

/** The whole log in order, a bounded part of it in memory. */
export async function* auditTrail(db: CatalogDb): AsyncGenerator<AuditEntry, void, undefined> {
  let after = 0;
  for (;;) {
    const query = db.selectFrom('audit_entry').selectAll().where('number', '>', after);
    const rows = await query.orderBy('number').limit(ROWS_AT_ONCE).execute();
    for (const row of rows) yield readEntry(row);
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_AT_ONCE) return;
    after = last.number;
  }
}

function writeEntry(entry: AuditEntry): AuditTable {
  const { number, at, actor, action, subject, details, address, previous, hash } = entry;
  const pairs = pairsOf(new Map(Object.entries(details)));
  return {
    number,
    at,
    action,
    subject,
    previous,
    hash,
    ...actorColumns(actor),
    details: JSON.stringify(pairs),
    address: address ?? null,
  };
}

/** The entry as it was written. @throws SyntaxError when its details are no JSON any more. */
export function readEntry(row: AuditTable): AuditEntry {
  const { number, at, subject, previous, hash } = row;
  return {
    number,
    at,
    subject,
    previous,
    hash,
    action: row.action as AuditAction,
    actor: readActor(row),
    details: Object.fromEntries(JSON.parse(row.details) as Pairs),
    ...optional('address', row.address),
  };
}
