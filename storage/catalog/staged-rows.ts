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
  /** Rows that the current group changed in their table, without reading them. */
  readonly #outdated = new Set<Id>();
  #unsettled: Id[] = [];
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
    if (staged === undefined && this.#outdated.has(id)) return (await this.#load(db, [id])).get(id);
    return staged ?? this.#durable.get(id) ?? (await this.durable(db, [id])).get(id);
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

  /** These rows were changed in their table by a statement: what is in memory of them is old once the group is published. */
  outdate(ids: readonly Id[]): void {
    for (const id of ids) {
      if (this.#outdated.has(id)) continue;
      this.#outdated.add(id);
      this.#unsettled.push(id);
    }
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
    this.#unsettled = [];
  }

  /** Takes back what was set since `settle`. */
  takeBack(): void {
    for (const [id, before] of this.#undo.toReversed()) {
      if (before === undefined) this.#staged.delete(id);
      else this.#staged.set(id, before);
    }
    this.#undo = [];
    for (const id of this.#unsettled) this.#outdated.delete(id);
    this.#unsettled = [];
  }

  /** After COMMIT. */
  publish(): void {
    if (this.#staged.size === 0 && this.#outdated.size === 0) return;
    this.#epoch += 1;
    for (const id of this.#outdated) this.#durable.delete(id);
    this.#outdated.clear();
    this.#unsettled = [];
    for (const [id, row] of this.#staged) {
      if (row === GONE) this.#durable.delete(id);
      else this.#remember(id, row);
    }
    this.#staged.clear();
  }

  /** After ROLLBACK. */
  discard(): void {
    this.#undo = [];
    this.#unsettled = [];
    this.#outdated.clear();
    this.#staged.clear();
  }

  /** Another process changed these: what is in memory of them, or being read, is old. */
  forget(ids: Iterable<Id>): void {
    this.#epoch += 1;
    for (const id of ids) this.#durable.delete(id);
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
