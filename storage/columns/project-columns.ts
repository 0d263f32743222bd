// Keeps the columns of one project equal to what is committed. Commits mark the runs they touch; whoever searches first
// reads the marked ones again, in turn, so a search sees every commit whose event was published before it began.
import type { ProjectId, RunId } from '#core/domain/ids.ts';
import type { Field } from '#core/query/syntax.ts';
import type { RunSource } from './run-source.ts';
import { RunTable } from './run-table.ts';

/** Reading a run again takes about as long as loading twenty, so beyond this share everything is loaded anew. */
const MOST_REFRESHED = 1 / 20;
/** So many are always read one by one. */
const ALWAYS_REFRESHED = 1000;

export class ProjectColumns {
  readonly #project: ProjectId;
  readonly #source: RunSource;
  #table = new RunTable();
  #isLoaded = false;
  #touched = new Set<RunId>();
  #isOutdated = false;
  #isCatchingUp = false;
  #turns: Promise<unknown> = Promise.resolve();
  /** Searches under way, for which columns must stay. */
  searches = 0;

  constructor(project: ProjectId, source: RunSource) {
    this.#project = project;
    this.#source = source;
  }

  get table(): RunTable {
    return this.#table;
  }

  /** A commit changed the run, made it or removed it. */
  touch(run: RunId): void {
    if (this.#isOutdated) return;
    this.#touched.add(run);
    // Whoever is catching up would never come to an end if runs change all the while.
    if (!this.#isCatchingUp && this.#hasTooManyTouched()) this.outdate();
  }

  /** A commit changed all runs. */
  outdate(): void {
    this.#isOutdated = true;
    this.#touched.clear();
  }

  /** The table with these columns, as of no earlier than the call. Its rows may change at any later await. */
  async current(fields: readonly Field[]): Promise<RunTable> {
    const turn = this.#turns.then(() => this.#catchUp(fields));
    this.#turns = turn.catch(() => undefined);
    return turn;
  }

  async #catchUp(fields: readonly Field[]): Promise<RunTable> {
    if (this.#hasTooManyTouched()) this.outdate();
    this.#isCatchingUp = true;
    try {
      do {
        if (this.#isOutdated) this.#beginAnew();
        await this.#load(fields);
        if (!this.#isOutdated) await this.#refresh();
      } while (this.#isOutdated);
    } finally {
      this.#isCatchingUp = false;
    }
    return this.#table;
  }

  /** Whoever has the old table may finish with it. */
  #beginAnew(): void {
    this.#table = new RunTable();
    this.#touched = new Set();
    this.#isOutdated = false;
    this.#isLoaded = false;
  }

  #hasTooManyTouched(): boolean {
    const most = Math.max(ALWAYS_REFRESHED, this.#table.size * MOST_REFRESHED);
    return this.#isLoaded && this.#touched.size > most;
  }

  async #load(fields: readonly Field[]): Promise<void> {
    const table = this.#table;
    const missing = fields.filter((field) => !table.has(field));
    if (this.#isLoaded && missing.length === 0) return;
    const columns = missing.map((field) => table.emptyColumn(field));
    for await (const part of this.#source.readRuns(this.#project, missing)) {
      for (const run of part) {
        // Another one was made meanwhile; it is among the touched.
        const row = this.#isLoaded ? table.rowOf(run.id) : table.place(run);
        for (const [at, column] of columns.entries()) {
          if (row !== undefined) column.set(row, run.readings[at]);
        }
      }
    }
    for (const [at, column] of columns.entries()) table.keep(missing[at] as Field, column);
    this.#isLoaded = true;
  }

  async #refresh(): Promise<void> {
    const touched = this.#touched;
    if (touched.size === 0) return;
    this.#touched = new Set();
    try {
      const gone = new Set(touched);
      for (const run of await this.#source.runs([...touched])) {
        gone.delete(run.id);
        if (run.project === this.#project) this.#table.set(run);
      }
      for (const id of gone) this.#table.remove(id);
    } catch (error) {
      for (const id of touched) this.#touched.add(id);
      throw error;
    }
  }
}
