import type { RegisteredModelId } from '#core/domain/ids.ts';
import type { RegistryAction, RegistryEntry, RegistryNote } from '#core/domain/registry-log.ts';
import type { RegistryReader } from '#core/tracking/ports/registry.ts';
import { chainedEntry } from '#storage/sql/audit-chain.ts';
import type { Applying } from '../applying.ts';
import { actorColumns, optional, pairsOf, readActor, type Pairs } from '../documents.ts';
import type { CatalogDb } from '../tables.ts';
import type { RegistryEntryTable } from './schema/registry-tables.ts';

/** What moves an alias or a stage from one version to another. */
const HOLDING: readonly RegistryAction[] = [
  'alias.moved',
  'alias.removed',
  'stage.changed',
  'version.deleted',
];

/** Appends to the model's log. Commits are applied one after the other, so no chain has a branch. */
export async function writeDown(
  { db, later, actor, at, touched }: Applying,
  model: RegisteredModelId,
  note: RegistryNote,
): Promise<void> {
  const last = await db
    .selectFrom('registry_entry')
    .select(['number', 'hash'])
    .where('model', '=', model)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const entry = chainedEntry(last, note, { model, actor, at });
  await later.insertInto('registry_entry').values(writeEntry(entry)).execute();
  touched.registered(model);
}

/** Newest first. */
export async function registryPage(
  db: CatalogDb,
  { model, version, before, limit }: Parameters<RegistryReader['registryLog']>[0],
): Promise<readonly RegistryEntry[]> {
  let query = db.selectFrom('registry_entry').selectAll().where('model', '=', model);
  if (version !== undefined) query = query.where('version', '=', version);
  if (before !== undefined) query = query.where('number', '<', before);
  return (await query.orderBy('number', 'desc').limit(limit).execute()).map(readRegistryEntry);
}

/** First to last. */
export async function holdingEntries(
  db: CatalogDb,
  model: RegisteredModelId,
): Promise<readonly RegistryEntry[]> {
  const query = db.selectFrom('registry_entry').selectAll().where('model', '=', model);
  const rows = await query.where('action', 'in', HOLDING).orderBy('number').execute();
  return rows.map(readRegistryEntry);
}

const ROWS_AT_ONCE = 1000;

/** A model's whole log in order, a bounded part of it in memory. */
export async function* registryTrail(
  db: CatalogDb,
  model: RegisteredModelId,
): AsyncGenerator<RegistryEntry, void, undefined> {
  let after = 0;
  for (;;) {
    const query = db.selectFrom('registry_entry').selectAll().where('model', '=', model);
    const rows = await query.where('number', '>', after).orderBy('number').limit(ROWS_AT_ONCE).execute();
    for (const row of rows) yield readRegistryEntry(row);
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_AT_ONCE) return;
    after = last.number;
  }
}

function writeEntry(entry: RegistryEntry): RegistryEntryTable {
  const { model, number, at, actor, action, version, reason, details, previous, hash } = entry;
  const pairs = pairsOf(new Map(Object.entries(details)));
  return {
    model,
    number,
    at,
    ...actorColumns(actor),
    action,
    version: version ?? null,
    reason,
    details: JSON.stringify(pairs),
    previous,
    hash,
  };
}

/** The entry as it was written. @throws SyntaxError when its details are no JSON any more. */
export function readRegistryEntry(row: RegistryEntryTable): RegistryEntry {
  const { number, at, reason, previous, hash } = row;
  return {
    model: row.model as RegisteredModelId,
    number,
    at,
    actor: readActor(row),
    action: row.action as RegistryAction,
    ...optional('version', row.version),
    reason,
    details: Object.fromEntries(JSON.parse(row.details) as Pairs),
    previous,
    hash,
  };
}
