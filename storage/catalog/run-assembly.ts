import type { ProjectId, RunId } from '#core/domain/ids.ts';
import type { Run } from '#core/domain/run.ts';
import type { CatalogRows } from './catalog-rows.ts';
import type { MetricSource } from './metric-source.ts';
import type { RunRow } from './runs.ts';
import type { CatalogDb } from './tables.ts';

/** Whole runs that stay in memory for tables and pages that ask again and again. */
const KEPT_RUNS = 10_000;
const MOST_TRIES = 3;

/** What commits made old: these runs and all of these projects, or all there are. */
export type OldRuns = 'all' | { readonly runs: readonly RunId[]; readonly projects: ReadonlySet<ProjectId> };

/** How far a process knows a database that others write to, too: rows may be younger than what it has in memory. */
export interface Horizon {
  /** The last commit that is applied. */
  latest(): number;
  /** Applies what is durable by now. */
  fresh(): Promise<void>;
}

/** Puts rows and metrics together to runs, and keeps each until a commit touches it. */
export class RunAssembly {
  readonly #db: CatalogDb;
  readonly #rows: CatalogRows;
  readonly #metrics: MetricSource;
  readonly #horizon: Horizon | undefined;
  readonly #runs = new Map<RunId, Run>();
  /** One for each read that is going on: the runs that became older than what it may have read. */
  readonly #outdated = new Set<Set<RunId>>();
  #epoch = 0;

  constructor(
    db: CatalogDb,
    rows: CatalogRows,
    { metrics, horizon }: { readonly metrics: MetricSource; readonly horizon?: Horizon },
  ) {
    this.#db = db;
    this.#rows = rows;
    this.#metrics = metrics;
    this.#horizon = horizon;
  }

  /** To be called when commits that touched these runs become visible. */
  forget(old: OldRuns): void {
    if (old === 'all') {
      this.#epoch += 1;
      this.#runs.clear();
      return;
    }
    if (old.projects.size > 0) {
      // Reads that are going on begin again: whose run they are at is not known before it is read.
      this.#epoch += 1;
      for (const [id, { project }] of this.#runs) if (old.projects.has(project)) this.#runs.delete(id);
    }
    for (const run of old.runs) {
      this.#runs.delete(run);
      for (const outdated of this.#outdated) outdated.add(run);
    }
  }

  /** The runs that are there, in the order of the ids. */
  async runs(ids: readonly RunId[]): Promise<readonly Run[]> {
    return this.#reading(async (outdated) => {
      const epoch = this.#epoch;
      const unknown = ids.filter((id) => !this.#runs.has(id));
      const rows = await this.#rows.runs.durable(this.#db, unknown);
      await this.#metrics.fetch(unknown);
      const runs: Run[] = [];
      for (const id of ids) {
        const read = epoch === this.#epoch ? rows.get(id) : undefined;
        const known = this.#runs.get(id) ?? (await this.#assemble(id, outdated, read));
        if (known) runs.push(known);
      }
      return runs;
    });
  }

  async run(id: RunId): Promise<Run | undefined> {
    return this.#runs.get(id) ?? this.#reading((outdated) => this.#assemble(id, outdated));
  }

  async #reading<T>(read: (outdated: Set<RunId>) => Promise<T>): Promise<T> {
    const outdated = new Set<RunId>();
    this.#outdated.add(outdated);
    try {
      return await read(outdated);
    } finally {
      this.#outdated.delete(outdated);
    }
  }

  /** Equal sequences must mean equal documents, so parts from before and after a commit are not put together. */
  async #assemble(id: RunId, outdated: Set<RunId>, read?: RunRow): Promise<Run | undefined> {
    let row = read;
    let epoch = this.#epoch;
    for (let tries = 1; ; tries += 1) {
      // What was read before the last commit that touched the run is read again.
      if (outdated.delete(id) || epoch !== this.#epoch) row = undefined;
      epoch = this.#epoch;
      row ??= (await this.#rows.runs.durable(this.#db, [id])).get(id);
      if (!row) return undefined;
      const touched = await this.#metrics.touched(id);
      const metrics = await this.#metrics.summaries({ kind: 'run', run: id });
      const isLater = touched !== undefined && touched.sequence > row.sequence;
      const last = isLater ? { sequence: touched.sequence, changedAt: touched.at } : {};
      const run: Run = { ...row, ...last, metrics };
      if (this.#horizon && run.sequence > this.#horizon.latest()) {
        outdated.add(id);
        await this.#horizon.fresh();
      }
      if (!outdated.has(id) && epoch === this.#epoch) this.#keep(run);
      else if (tries < MOST_TRIES) continue;
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
