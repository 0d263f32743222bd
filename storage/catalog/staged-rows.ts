import type { CatalogDb } from './tables.ts';

/** A row that the current group removed. */
const GONE = Symbol('gone');

/** Reads rows by id; ids that are not there are left out. */
export type LoadRows<Id extends string, Row> = (
  db: CatalogDb,
  ids: readonly Id[],
) => Promise<ReadonlyMap<Id, Row>>;

/**
 * The rows of one noun over their table: those that the current group commit changed, and the durable ones that were
 * used lately. Rows are immutable values. A change of a group is seen by the group's later commits at once, by
 * readers after `publish`.
 */
export class StagedRows<Id extends string, Row> {
  readonly #load: LoadRows<Id, Row>;
  readonly #capacity: number;
  readonly #durable = new Map<Id, Row>();
  readonly #staged = new Map<Id, Row | typeof GONE>();
  #undo: (readonly [Id, Row | typeof GONE | undefined])[] = [];
  /** Which rows the current group changed in their table, without reading them. */
  #outdated: ((row: Row) => boolean)[] = [];
  #settled = 0;
  #epoch = 0;

  /** @param capacity durable rows that stay in memory. */
  constructor(load: LoadRows<Id, Row>, capacity: number) {
    this.#load = load;
    this.#capacity = capacity;
  }

  /** As a commit of the current group sees it. */
  async get(db: CatalogDb, id: Id): Promise<Row | undefined> {
    const staged = this.#staged.get(id);
    if (staged === GONE) return undefined;
    const known = staged ?? this.#durable.get(id);
    if (staged === undefined && this.#outdated.length > 0) {
      if (known !== undefined && !this.#isOutdated(known)) return known;
      // Not kept: it may be rolled back.
      return (await this.#load(db, [id])).get(id);
    }
    return known ?? (await this.durable(db, [id])).get(id);
  }

  /** As readers see them. */
  async durable(db: CatalogDb, ids: readonly Id[]): Promise<ReadonlyMap<Id, Row>> {
    const found = new Map<Id, Row>();
    const unknown: Id[] = [];
    for (const id of ids) {
      const row = this.#durable.get(id);
      if (row === undefined) unknown.push(id);
      else found.set(id, row);
    }
    if (unknown.length === 0) return found;
    const epoch = this.#epoch;
    for (const [id, row] of await this.#load(db, unknown)) {
      found.set(id, row);
      // A group that was published meanwhile may have made this row old.
      if (epoch === this.#epoch) this.#remember(id, row);
    }
    return found;
  }

  /** Changes a row for the rest of the group; `staged` gives it after all that were set before. */
  set(id: Id, row: Row): void {
    this.#stage(id, row);
  }

  /** Removes a row for the rest of the group; it may be set again. */
  remove(id: Id): void {
    this.#stage(id, GONE);
  }

  #stage(id: Id, row: Row | typeof GONE): void {
    const before = this.#staged.get(id);
    this.#undo.push([id, before]);
    this.#staged.delete(id);
    this.#staged.set(id, row);
  }

  /**
   * Rows were changed in their table by a statement: what is in memory of them is old, for the group at once and for
   * readers when it is published. Nothing is kept of each, however many they are.
   * @param isOld of a row as it was before.
   */
  outdate(isOld: (row: Row) => boolean): void {
    this.#outdated.push(isOld);
  }

  #isOutdated(row: Row): boolean {
    return this.#outdated.some((isOld) => isOld(row));
  }

  /** Rows that the current group set. */
  staged(): ReadonlyMap<Id, Row> {
    const rows = new Map<Id, Row>();
    for (const [id, row] of this.#staged) if (row !== GONE) rows.set(id, row);
    return rows;
  }

  /** Ids of rows that the current group removed. */
  removed(): readonly Id[] {
    const ids: Id[] = [];
    for (const [id, row] of this.#staged) if (row === GONE) ids.push(id);
    return ids;
  }

  /** Whether what is stored under the id is no longer how the group left it. */
  isStaged(id: Id): boolean {
    return this.#staged.has(id);
  }

  /** The commit's changes stand: later refusals do not touch them. */
  settle(): void {
    this.#undo = [];
    this.#settled = this.#outdated.length;
  }

  /** Takes back what was set since `settle`. */
  takeBack(): void {
    for (const [id, before] of this.#undo.toReversed()) {
      if (before === undefined) this.#staged.delete(id);
      else this.#staged.set(id, before);
    }
    this.#undo = [];
    this.#outdated.length = this.#settled;
  }

  /** After COMMIT. */
  publish(): void {
    if (this.#staged.size === 0 && this.#outdated.length === 0) return;
    if (this.#outdated.length > 0) this.forgetWhere((row) => this.#isOutdated(row));
    this.#epoch += 1;
    this.#outdated = [];
    this.#settled = 0;
    for (const [id, row] of this.#staged) {
      if (row === GONE) this.#durable.delete(id);
      else this.#remember(id, row);
    }
    this.#staged.clear();
  }

  /** After ROLLBACK. */
  discard(): void {
    this.#undo = [];
    this.#outdated = [];
    this.#settled = 0;
    this.#staged.clear();
  }

  /** Another process changed these: what is in memory of them, or being read, is old. */
  forget(ids: Iterable<Id>): void {
    this.#epoch += 1;
    for (const id of ids) this.#durable.delete(id);
  }

  /** Likewise, of those that are in memory. */
  forgetWhere(isOld: (row: Row) => boolean): void {
    this.#epoch += 1;
    for (const [id, row] of this.#durable) if (isOld(row)) this.#durable.delete(id);
  }

  forgetAll(): void {
    this.#epoch += 1;
    this.#durable.clear();
  }

  #remember(id: Id, row: Row): void {
    this.#durable.delete(id);
    this.#durable.set(id, row);
    if (this.#durable.size <= this.#capacity) return;
    const [oldest] = this.#durable.keys();
    if (oldest !== undefined) this.#durable.delete(oldest);
  }
}

/** Ids of one `IN` list: SQLite and PostgreSQL allow tens of thousands, and few lengths make few statement texts. */
const IDS_AT_ONCE = 500;

export function* inBatches<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += IDS_AT_ONCE) yield items.slice(at, at + IDS_AT_ONCE);
}
