import type { ModelId, RunId } from '#core/domain/ids.ts';
import { Fault } from '#core/domain/fault.ts';
import { ownerKey, type SeriesOwner } from '#core/domain/point.ts';
import type { Connection, SqlValue } from '#storage/sql/connection.ts';
import type { Head } from './head.ts';
import { SummaryTable } from './summary-table.ts';

/** One series that is in memory. */
export interface SeriesEntry {
  readonly id: number;
  readonly metric: string;
  readonly owner: OwnerEntry;
  /** Its slot in the summary table. */
  readonly slot: number;
  /** Unsealed points; absent when all are sealed. */
  head: Head | undefined;
  /** Points of journal records up to this sequence are in segments. */
  sealed: number;
  /** Number of the next segment; numbers are never used twice. */
  segments: number;
  /** How many of the last segments wait to be packed into one. */
  loose: number;
}

/** A run, or a model with run and dataset, and all series it has. */
export interface OwnerEntry {
  readonly id: number;
  readonly key: string;
  readonly owner: SeriesOwner;
  readonly metrics: Map<string, SeriesEntry>;
  /** Sequence and time (ms UTC) of the last durable commit that brought points; 0 before it. */
  touchedSequence: number;
  touchedAt: number;
}

interface Row {
  readonly owner_id: number;
  readonly owner: string;
  readonly run: string;
  readonly model: string | null;
  readonly dataset: string | null;
  readonly touched_sequence: number;
  readonly touched_at: number;
  readonly id: number;
  readonly metric: string;
  readonly sealed: number;
  readonly segments: number;
  readonly loose: number;
  readonly summary: Uint8Array | null;
}

const SELECT = `SELECT o.id AS owner_id, o.owner, o.run, o.model, o.dataset, o.touched_sequence, o.touched_at,
  s.id, s.metric, s.sealed, s.segments, s.loose, s.summary
  FROM series_owner o JOIN series s ON s.owner = o.id`;

/** Rows of one INSERT, so that few statement texts are prepared. */
const ROWS_AT_ONCE = 64;

/** Owners and series that are in memory: all with unsealed points, and others as they are asked for. */
export class SeriesTable {
  readonly summaries = new SummaryTable();
  readonly #owners = new Map<string, OwnerEntry>();
  #series = 0;
  #nextOwner = 1;
  #nextSeries = 1;
  #evictions = 0;

  /** Reads which ids are taken. */
  async open(connection: Connection): Promise<void> {
    const [row] = await connection.query<{ owners: number | null; series: number | null }>(
      'SELECT (SELECT MAX(id) FROM series_owner) AS owners, (SELECT MAX(id) FROM series) AS series',
    );
    this.#nextOwner = (row?.owners ?? 0) + 1;
    this.#nextSeries = (row?.series ?? 0) + 1;
  }

  get(key: string): OwnerEntry | undefined {
    return this.#owners.get(key);
  }

  /** The owner from memory or from its rows; undefined when it has no series. */
  async load(connection: Connection, key: string): Promise<OwnerEntry | undefined> {
    for (;;) {
      const known = this.#owners.get(key);
      if (known) return known;
      const evictions = this.#evictions;
      const rows = await connection.query<Row>(`${SELECT} WHERE o.owner = ?`, [key]);
      // Whoever loaded it meanwhile is right; if it came and went, these rows may be old.
      if (this.#owners.has(key) || evictions !== this.#evictions) continue;
      return this.#adopt(rows);
    }
  }

  /** The owner of a series id. @throws Fault `corrupt` when there is no such series. */
  async loadBySeries(connection: Connection, id: number): Promise<OwnerEntry> {
    const [row] = await connection.query<{ owner: string }>(
      'SELECT o.owner FROM series s JOIN series_owner o ON o.id = s.owner WHERE s.id = ?',
      [id],
    );
    const owner = row && (await this.load(connection, row.owner));
    if (!owner) throw new Fault('corrupt', `The journal has points of series ${id}, which is not stored.`);
    return owner;
  }

  /** A new owner, not yet stored. */
  addOwner(owner: SeriesOwner): OwnerEntry {
    const key = ownerKey(owner);
    const id = this.#nextOwner++;
    const entry = { id, key, owner, metrics: new Map(), touchedSequence: 0, touchedAt: 0 };
    this.#owners.set(key, entry);
    return entry;
  }

  /** A new series, not yet stored. */
  addSeries(owner: OwnerEntry, metric: string): SeriesEntry {
    return this.#keep({ id: this.#nextSeries++, metric, owner, sealed: 0, segments: 0, loose: 0 });
  }

  /** Stores what `addOwner` and `addSeries` made. */
  async insert(
    write: Connection,
    owners: readonly OwnerEntry[],
    series: readonly SeriesEntry[],
    at: { readonly sequence: number; readonly at: number },
  ): Promise<void> {
    await insertRows(
      write,
      'series_owner (id, owner, run, model, dataset, touched_sequence, touched_at)',
      owners.map(({ id, key, owner }) => {
        const dataset = owner.kind === 'model' && owner.dataset ? owner.dataset : undefined;
        return [
          id,
          key,
          owner.run,
          owner.kind === 'model' ? owner.model : null,
          dataset ? JSON.stringify([dataset.name, dataset.digest]) : null,
          at.sequence,
          at.at,
        ];
      }),
    );
    await insertRows(
      write,
      'series (id, owner, metric, sealed, segments, loose)',
      series.map(({ id, owner, metric }) => [id, owner.id, metric, 0, 0, 0]),
    );
  }

  /** Forgets what a rolled back transaction made. */
  forget(owners: readonly OwnerEntry[], series: readonly SeriesEntry[]): void {
    for (const entry of series) {
      entry.owner.metrics.delete(entry.metric);
      this.summaries.remove(entry.slot);
      this.#series -= 1;
    }
    for (const { key } of owners) this.#owners.delete(key);
  }

  /** Drops owners without unsealed points, longest known first, while more than `most` series are in memory. */
  evict(most: number): void {
    if (this.#series <= most) return;
    this.#evictions += 1;
    for (const [key, owner] of this.#owners) {
      if (this.#series <= most) return;
      const entries = [...owner.metrics.values()];
      if (entries.some((entry) => entry.head)) continue;
      for (const entry of entries) this.summaries.remove(entry.slot);
      this.#series -= entries.length;
      this.#owners.delete(key);
    }
  }

  #adopt(rows: readonly Row[]): OwnerEntry | undefined {
    const [head] = rows;
    if (!head) return undefined;
    const owner: OwnerEntry = {
      id: head.owner_id,
      key: head.owner,
      owner: ownerOf(head),
      metrics: new Map(),
      touchedSequence: head.touched_sequence,
      touchedAt: head.touched_at,
    };
    this.#owners.set(owner.key, owner);
    for (const { id, metric, sealed, segments, loose, summary } of rows) {
      const entry = this.#keep({ id, metric, owner, sealed, segments, loose });
      if (summary) this.summaries.load(entry.slot, summary);
    }
    return owner;
  }

  #keep(fields: Omit<SeriesEntry, 'slot' | 'head'>): SeriesEntry {
    const entry: SeriesEntry = { ...fields, slot: this.summaries.add(), head: undefined };
    fields.owner.metrics.set(fields.metric, entry);
    this.#series += 1;
    return entry;
  }
}

function ownerOf({ run, model, dataset }: Row): SeriesOwner {
  if (model === null) return { kind: 'run', run: run as RunId };
  if (dataset === null) return { kind: 'model', model: model as ModelId, run: run as RunId };
  const [name, digest] = JSON.parse(dataset) as [string, string];
  return { kind: 'model', model: model as ModelId, run: run as RunId, dataset: { name, digest } };
}

async function insertRows(write: Connection, into: string, rows: readonly SqlValue[][]): Promise<void> {
  let at = 0;
  while (at < rows.length) {
    const count = rows.length - at >= ROWS_AT_ONCE ? ROWS_AT_ONCE : 1;
    const tuple = `(${Array.from(rows[at] as SqlValue[], () => '?').join(', ')})`;
    const tuples = Array.from({ length: count }, () => tuple).join(', ');
    await write.query(`INSERT INTO ${into} VALUES ${tuples}`, rows.slice(at, at + count).flat());
    at += count;
  }
}
