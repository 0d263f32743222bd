import type { ModelId, ProjectId, RunId } from '#core/domain/ids.ts';
import type { CommitEvent } from '#core/tracking/ports/writer.ts';
import { datasetRows, flushDatasets, type DatasetRow } from './datasets.ts';
import { flushModels, modelRows, type ModelRow } from './models.ts';
import { flushProjects, projectRows, type ProjectRow } from './projects.ts';
import { flushRuns, runRows, type RunRow } from './runs.ts';
import { inBatches, StagedRows } from './staged-rows.ts';
import type { CatalogDb } from './tables.ts';

const KEPT_COUNTERS = 2000;

/** All nouns that are staged over their tables, for one writer and its readers. */
export class CatalogRows {
  readonly projects: StagedRows<ProjectId, ProjectRow> = projectRows();
  readonly datasets: StagedRows<string, DatasetRow> = datasetRows();
  readonly runs: StagedRows<RunId, RunRow> = runRows(this.datasets);
  readonly models: StagedRows<ModelId, ModelRow> = modelRows();
  /** Numbers that are given out once and never again. */
  readonly counters: StagedRows<string, number> = counterRows();

  readonly #all = [this.projects, this.datasets, this.runs, this.models, this.counters];

  settle(): void {
    for (const rows of this.#all) rows.settle();
  }

  takeBack(): void {
    for (const rows of this.#all) rows.takeBack();
  }

  publish(): void {
    for (const rows of this.#all) rows.publish();
  }

  discard(): void {
    for (const rows of this.#all) rows.discard();
  }

  /** Drops what other processes changed: of what events do not name, all. */
  forget(events: readonly CommitEvent[]): void {
    this.projects.forget(events.flatMap(({ projects }) => projects as readonly ProjectId[]));
    // Points alone leave the row of their run as it was.
    const changed = events.flatMap(({ runs }) => runs.filter(({ isDocument }) => isDocument));
    this.runs.forget(changed.map(({ run }) => run as RunId));
    const whole = new Set(events.flatMap(({ wholeProjects = [] }) => wholeProjects));
    if (whole.size > 0) this.runs.forgetWhere(({ project }) => whole.has(project));
    this.models.forget(events.flatMap(({ models }) => models as readonly ModelId[]));
    // Datasets stay as they were first described, as long as there is their project.
    const known = new Set(events.flatMap(({ projects }) => projects));
    if (known.size > 0) this.datasets.forgetWhere(({ project }) => known.has(project));
    const named: readonly unknown[] = [this.projects, this.runs, this.models, this.datasets];
    for (const rows of this.#all) if (!named.includes(rows)) rows.forgetAll();
  }

  forgetAll(): void {
    for (const rows of this.#all) rows.forgetAll();
  }

  /** What others refer to last, and before anything is written: a name may pass from one that goes to one that comes. */
  async #remove(db: CatalogDb): Promise<void> {
    for (const some of inBatches(this.models.removed())) {
      await db.deleteFrom('model').where('id', 'in', some).execute();
    }
    for (const some of inBatches(this.runs.removed())) {
      await db.updateTable('model').set({ source_run: null }).where('source_run', 'in', some).execute();
      await db.deleteFrom('run').where('id', 'in', some).execute();
    }
    for (const some of inBatches(this.projects.removed())) {
      await db.deleteFrom('dataset').where('project', 'in', some).execute();
      await db.deleteFrom('project').where('id', 'in', some).execute();
    }
  }

  /** Writes what is staged, what others refer to first. */
  async flush(db: CatalogDb): Promise<void> {
    await this.#remove(db);
    await flushProjects(db, this.projects.staged());
    const gone = new Set(this.projects.removed());
    const described = this.datasets.staged().values();
    await flushDatasets(
      db,
      described.filter(({ project }) => !gone.has(project)),
    );
    await flushRuns(db, this.runs.staged());
    await flushModels(db, this.models.staged());
    for (const [name, value] of this.counters.staged()) {
      await db
        .insertInto('counter')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
    }
  }
}

function counterRows(): StagedRows<string, number> {
  return new StagedRows(async (db, names) => {
    const found = new Map<string, number>();
    for (const some of inBatches(names)) {
      const rows = await db.selectFrom('counter').selectAll().where('name', 'in', some).execute();
      for (const { name, value } of rows) found.set(name, value);
    }
    return found;
  }, KEPT_COUNTERS);
}
