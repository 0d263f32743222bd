import type { RunId } from '#core/domain/ids.ts';
import type { Run } from '#core/domain/run.ts';
import type { CatalogRows } from './catalog-rows.ts';
import type { MetricSource } from './metric-source.ts';
import type { RunRow } from './runs.ts';
import type { CatalogDb } from './tables.ts';

/** Whole runs that stay in memory for tables and pages that ask again and again. */
const KEPT_RUNS = 10_000;
const MOST_TRIES = 3;

/** Puts rows and metrics together to runs, and keeps each until a commit touches it. */
export class RunAssembly {
  readonly #db: CatalogDb;
  readonly #rows: CatalogRows;
  readonly #metrics: MetricSource;
  readonly #runs = new Map<RunId, Run>();
  #published = 0;

  constructor(db: CatalogDb, rows: CatalogRows, metrics: MetricSource) {
    this.#db = db;
    this.#rows = rows;
    this.#metrics = metrics;
  }

  /** To be called when commits that touched these runs become visible. */
  forget(runs: readonly RunId[]): void {
    this.#published += 1;
    for (const run of runs) this.#runs.delete(run);
  }

  /** The runs that are there, in the order of the ids. */
  async runs(ids: readonly RunId[]): Promise<readonly Run[]> {
    const rows = await this.#rows.runs.durable(
      this.#db,
      ids.filter((id) => !this.#runs.has(id)),
    );
    const runs: Run[] = [];
    for (const id of ids) {
      const known = this.#runs.get(id) ?? (await this.#assemble(id, rows.get(id)));
      if (known) runs.push(known);
    }
    return runs;
  }

  async run(id: RunId): Promise<Run | undefined> {
    return this.#runs.get(id) ?? this.#assemble(id);
  }

  /** Equal sequences must mean equal documents, so parts from before and after a commit are not put together. */
  async #assemble(id: RunId, read?: RunRow): Promise<Run | undefined> {
    let row = read;
    for (let tries = 1; ; tries += 1) {
      const published = this.#published;
      row ??= (await this.#rows.runs.durable(this.#db, [id])).get(id);
      if (!row) return undefined;
      const touched = await this.#metrics.touched(id);
      const metrics = await this.#metrics.summaries({ kind: 'run', run: id });
      const isLater = touched !== undefined && touched.sequence > row.sequence;
      const last = isLater ? { sequence: touched.sequence, changedAt: touched.at } : {};
      const run: Run = { ...row, ...last, metrics };
      if (published === this.#published) this.#keep(run);
      else if (tries < MOST_TRIES) {
        row = undefined;
        continue;
      }
      return run;
    }
  }

  #keep(run: Run): void {
    this.#runs.set(run.id, run);
    if (this.#runs.size <= KEPT_RUNS) return;
    const [oldest] = this.#runs.keys();
    if (oldest !== undefined) this.#runs.delete(oldest);
  }
}
