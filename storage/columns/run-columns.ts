// Answers searches of runs from columns: filter, order and total without reading a run; then only the runs of the page
// are put together. Promise: what core/query's `matchesRun` and `compareRuns` say of all runs, to the bit.
import type { ProjectId, RunId } from '#core/domain/ids.ts';
import { fieldsOf } from '#core/query/fields.ts';
import { compareValues, sortable } from '#core/query/order.ts';
import { isAt, startAfter } from '#core/query/place.ts';
import { typeOf } from '#core/query/subject.ts';
import { RUN_VOCABULARY, totalRunOrder } from '#core/query/subjects/run.ts';
import type { OrderTerm } from '#core/query/syntax.ts';
import type { FoundRuns, RunSearch } from '#core/tracking/ports/readers.ts';
import type { CommitEvent, CommitFeed } from '#core/tracking/ports/writer.ts';
import { firstRows } from './first-rows.ts';
import { ProjectColumns } from './project-columns.ts';
import type { RunSource } from './run-source.ts';
import type { RunTable } from './run-table.ts';
import { selectRows } from './select-rows.ts';

/** Fifty columns of a million runs. */
const KEPT_BYTES = 512 * 2 ** 20;
/** A page whose runs change while they are put together is searched again, so often. */
const MOST_TRIES = 3;

/** Runs that were found, while they are read; outdated when one of them is no longer what was found. */
interface PageUnderWay {
  readonly runs: ReadonlySet<RunId>;
  isOutdated: boolean;
}

/** A run by where it is. */
interface Hit {
  readonly table: RunTable;
  readonly row: number;
}

export class RunColumns {
  readonly #source: RunSource;
  readonly #keptBytes: number;
  readonly #projects = new Map<ProjectId, ProjectColumns>();
  /** Those that are being put together. */
  readonly #pages = new Set<PageUnderWay>();
  #searches = 0;

  constructor(
    source: RunSource,
    { feed, keptBytes = KEPT_BYTES }: { readonly feed: CommitFeed; readonly keptBytes?: number | undefined },
  ) {
    this.#source = source;
    this.#keptBytes = keptBytes;
    feed.subscribe(
      (event) => this.#note(event),
      () => this.#outdateAll(),
    );
  }

  /** What all columns take, by their own estimate. */
  get bytes(): number {
    return Array.from(this.#projects.values(), bytesOf).reduce((sum, bytes) => sum + bytes, 0);
  }

  async search(search: RunSearch): Promise<FoundRuns> {
    const projects = [...new Set(search.projects)].map((id) => this.#project(id));
    for (const project of projects) project.searches += 1;
    try {
      for (let tries = 1; ; tries += 1) {
        const { hits, total, start } = await this.#find(projects, search);
        const ids = hits.map(({ table, row }) => table.id(row));
        const page: PageUnderWay = { runs: new Set(ids), isOutdated: false };
        this.#pages.add(page);
        const items = await this.#source.runs(ids).finally(() => this.#pages.delete(page));
        if (tries === MOST_TRIES || !page.isOutdated) return { items, total, start };
      }
    } finally {
      for (const project of projects) project.searches -= 1;
      this.#evict();
    }
  }

  async #find(
    projects: readonly ProjectColumns[],
    { filter, view, order: asked, limit, after }: RunSearch,
  ): Promise<{ readonly hits: readonly Hit[]; readonly total: number; readonly start: number }> {
    const order = totalRunOrder(asked);
    const fields = fieldsOf(filter, order);
    this.#searches += 1;
    const tables: RunTable[] = [];
    for (const project of projects) tables.push(await project.current(fields));
    // Nothing is awaited from here on.
    const found = tables.map((table) => ({ table, rows: selectRows(table, filter, view) }));
    for (const { table } of found) table.use(fields, this.#searches);
    const total = found.reduce((sum, { rows }) => sum + rows.length, 0);
    const first = (most: number): readonly Hit[] => {
      const hits = found.flatMap(({ table, rows }) =>
        Array.from(firstRows(table, rows, { order, most }), (row): Hit => ({ table, row })),
      );
      return found.length === 1 ? hits : hits.toSorted(compareHits(order));
    };
    const idOf = ({ table, row }: Hit): string => table.id(row);
    let ranked = first((after?.position ?? 0) + limit);
    if (after && !isAt(ranked, after, idOf)) ranked = first(total);
    const start = startAfter(ranked, after, idOf);
    return { hits: ranked.slice(start, start + limit), total, start };
  }

  #project(id: ProjectId): ProjectColumns {
    const known = this.#projects.get(id);
    if (known) return known;
    const made = new ProjectColumns(id, this.#source);
    this.#projects.set(id, made);
    return made;
  }

  #note({ runs, wholeProjects = [] }: CommitEvent): void {
    for (const { run, project } of runs) {
      this.#projects.get(project as ProjectId)?.touch(run as RunId);
      for (const page of this.#pages) page.isOutdated ||= page.runs.has(run as RunId);
    }
    if (wholeProjects.length > 0) this.#outdatePages();
    for (const project of wholeProjects) this.#projects.get(project as ProjectId)?.outdate();
  }

  #outdateAll(): void {
    this.#outdatePages();
    for (const project of this.#projects.values()) project.outdate();
  }

  #outdatePages(): void {
    for (const page of this.#pages) page.isOutdated = true;
  }

  /** Drops what was not used for longest, columns first, of projects that nobody is searching. */
  #evict(): void {
    let bytes = this.bytes;
    if (bytes <= this.#keptBytes) return;
    const idle = [...this.#projects].filter(([, { searches }]) => searches === 0);
    const columns = idle.flatMap(([, { table }]) =>
      Array.from(table.columns(), (column) => ({ ...column, table })),
    );
    for (const column of columns.toSorted((a, b) => a.usedAt - b.usedAt)) {
      if (bytes <= this.#keptBytes) return;
      column.table.drop(column.name);
      bytes -= column.bytes;
    }
    for (const [id, project] of idle) {
      if (bytes <= this.#keptBytes) return;
      bytes -= bytesOf(project);
      this.#projects.delete(id);
    }
  }
}

function bytesOf({ table }: ProjectColumns): number {
  return Array.from(table.columns()).reduce((sum, { bytes }) => sum + bytes, table.rowBytes);
}

/** The order over tables, whose codes mean nothing to each other. */
function compareHits(order: readonly OrderTerm[]): (a: Hit, b: Hit) => number {
  return (a, b) => {
    for (const { field, direction } of order) {
      const isScalar = typeOf(RUN_VOCABULARY, field) === 'scalar';
      const valueOf = ({ table, row }: Hit) => sortable(table.column(field).get(row), isScalar);
      const rank = compareValues(valueOf(a), valueOf(b), direction);
      if (rank !== 0) return rank;
    }
    return 0;
  };
}
