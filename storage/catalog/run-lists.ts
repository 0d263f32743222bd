import type { ProjectId, RunId } from '#core/domain/ids.ts';
import type { LifecycleView } from '#core/domain/lifecycle.ts';
import type { CatalogRows } from './catalog-rows.ts';
import { inBatches } from './staged-rows.ts';
import type { CatalogDb } from './tables.ts';

/** All runs of a project, also deleted ones, as the current group sees them. */
export async function runIdsOf(
  db: CatalogDb,
  rows: CatalogRows,
  project: ProjectId,
): Promise<ReadonlySet<RunId>> {
  const stored = await listRuns(db, [project], 'all');
  const staged = rows.runs
    .staged()
    .values()
    .filter((run) => run.project === project);
  return new Set([...stored, ...staged.map((run) => run.id)]);
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
