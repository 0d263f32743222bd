import type { ProjectId, RunId } from '#core/domain/ids.ts';
import type { LifecycleView } from '#core/domain/lifecycle.ts';
import type { CatalogRows } from './catalog-rows.ts';
import { inBatches } from './staged-rows.ts';
import type { CatalogDb } from './tables.ts';

/** Deletes or restores the runs of a project in their table that are not so already. */
export async function markStoredRuns(
  db: CatalogDb,
  project: ProjectId,
  {
    deletedAt,
    at,
    sequence,
  }: { readonly deletedAt: number | null; readonly at: number; readonly sequence: number },
): Promise<void> {
  await db
    .updateTable('run')
    .set({ deleted_at: deletedAt, changed_at: at, sequence })
    .where('project', '=', project)
    .where('deleted_at', deletedAt === null ? 'is not' : 'is', null)
    .execute();
}

/** The first runs of a project by number, as the current group sees them; at most `limit`. */
export async function firstRunsOf(
  db: CatalogDb,
  rows: CatalogRows,
  { project, limit }: { readonly project: ProjectId; readonly limit: number },
): Promise<readonly RunId[]> {
  const staged = rows.runs.staged();
  const removed = new Set(rows.runs.removed());
  const stored = await db
    .selectFrom('run')
    .select(['id', 'number'])
    .where('project', '=', project)
    .orderBy('number')
    .limit(limit + staged.size + removed.size)
    .execute();
  const first = new Map<RunId, number>();
  for (const { id, number } of stored) if (!removed.has(id as RunId)) first.set(id as RunId, number);
  for (const run of staged.values()) if (run.project === project) first.set(run.id, run.number);
  const byNumber = [...first].toSorted(([, a], [, b]) => a - b);
  return byNumber.slice(0, limit).map(([id]) => id);
}

/** Durable runs of these projects. */
export async function listRuns(
  db: CatalogDb,
  projects: readonly ProjectId[],
  view: LifecycleView,
): Promise<readonly RunId[]> {
  const found: RunId[] = [];
  for (const some of inBatches([...new Set(projects)])) {
    let query = db.selectFrom('run').select('id').where('project', 'in', some);
    if (view === 'active') query = query.where('deleted_at', 'is', null);
    if (view === 'deleted') query = query.where('deleted_at', 'is not', null);
    for (const { id } of await query.execute()) found.push(id as RunId);
  }
  return found;
}

/** Durable runs that are scheduled or running. */
export async function listActiveRuns(db: CatalogDb): Promise<readonly RunId[]> {
  const rows = await db
    .selectFrom('run')
    .select('id')
    .where('status', 'in', ['running', 'scheduled'])
    .where('deleted_at', 'is', null)
    .execute();
  return rows.map((row) => row.id as RunId);
}

/** The last started durable runs, newest first, equal times by id. */
export async function listRecentRuns(db: CatalogDb, limit: number): Promise<readonly RunId[]> {
  const rows = await db
    .selectFrom('run')
    .select('id')
    .where('deleted_at', 'is', null)
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id as RunId);
}

export async function runNumbered(
  db: CatalogDb,
  project: ProjectId,
  number: number,
): Promise<RunId | undefined> {
  const row = await db
    .selectFrom('run')
    .select('id')
    .where('project', '=', project)
    .where('number', '=', number)
    .executeTakeFirst();
  return row?.id as RunId | undefined;
}
