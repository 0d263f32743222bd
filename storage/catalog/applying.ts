import type { ModelId, ProjectId, RunId } from '#core/domain/ids.ts';
import type { LoggedPoints } from '#core/domain/point.ts';
import { assertRunActive } from '#core/domain/run.ts';
import type { Commit } from '#core/tracking/ports/change.ts';
import type { Touched } from '#storage/sql/commit-event.ts';
import type { PurgedOwner } from '#storage/sql/participants.ts';
import { noModel, noRun } from '#storage/sql/refusals.ts';
import type { CatalogRows } from './catalog-rows.ts';
import type { ModelRow } from './models.ts';
import type { RunRow } from './runs.ts';
import type { CatalogDb } from './tables.ts';

/** What the changes of one commit share. */
export interface Applying {
  readonly db: CatalogDb;
  /** The same for statements whose rows nobody needs: they are waited for only where that costs nothing. */
  readonly later: CatalogDb;
  readonly rows: CatalogRows;
  readonly actor: Commit['actor'];
  readonly at: number;
  readonly sequence: number;
  readonly touched: Touched;
  /** Ids given to projects that were created without one. */
  readonly given: ProjectId[];
  /** Numbers that versions of registered models were given. */
  readonly numbered: number[];
  /** Points to stage. */
  readonly points: LoggedPoints[];
  /** Whose series go. */
  readonly purged: PurgedOwner[];
  /** Metrics that the run has so far, those of this group included. */
  readonly metricsOf: (run: RunId) => Promise<ReadonlySet<string>>;
}

/** @throws Fault `not_found`. */
export async function existingRun({ db, rows }: Applying, id: RunId): Promise<RunRow> {
  const run = await rows.runs.get(db, id);
  if (!run) throw noRun(id);
  return run;
}

/** @throws Fault `not_found`, `invalid` (wrong-state). */
export async function activeRun(applying: Applying, id: RunId): Promise<RunRow> {
  const run = await existingRun(applying, id);
  assertRunActive(run);
  return run;
}

/** @throws Fault `not_found`, also when it is deleted. */
export async function activeModel({ db, rows }: Applying, id: ModelId): Promise<ModelRow> {
  const model = await rows.models.get(db, id);
  if (!model || model.deletedAt !== undefined) throw noModel(id);
  return model;
}

/** Stores a run that a client wrote to. */
export function keepRun({ rows, at, sequence, touched }: Applying, run: RunRow): void {
  rows.runs.set(run.id, { ...run, changedAt: at, sequence });
  touched.run(run.id, run.project);
}

/** The next number of a counter, from 1. */
export async function nextNumber({ db, rows }: Applying, counter: string): Promise<number> {
  const next = ((await rows.counters.get(db, counter)) ?? 0) + 1;
  rows.counters.set(counter, next);
  return next;
}
