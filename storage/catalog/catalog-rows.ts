import type { ModelId, ProjectId, RunId } from '#core/domain/ids.ts';
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

  /** Writes what is staged, what others refer to first. */
  async flush(db: CatalogDb): Promise<void> {
    await flushProjects(db, this.projects.staged());
    await flushDatasets(db, this.datasets.staged());
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
