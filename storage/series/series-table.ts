import type { ModelId, RunId } from '#core/domain/ids.ts';
import { Fault } from '#core/domain/fault.ts';
import { ownerKey, type SeriesOwner } from '#core/domain/point.ts';
import { type Connection, postpone, type SqlValue } from '#storage/sql/connection.ts';
import type { MadeSeries } from '#storage/sql/participants.ts';
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

/** A row of series with its owner's. */
export interface SeriesRow {
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

export const SELECT_SERIES = `SELECT o.id AS owner_id, o.owner, o.run, o.model, o.dataset, o.touched_sequence, o.touched_at,
  s.id, s.metric, s.sealed, s.segments, s.loose, s.summary
  FROM series_owner o JOIN series s ON s.owner = o.id`;

/** The greatest ids of owners and series, 0 without any. */
async function takenIds(
  connection: Connection,
): Promise<{ readonly owners: number; readonly series: number }> {
  const [row] = await connection.query<{ owners: number | null; series: number | null }>(
    'SELECT (SELECT MAX(id) FROM series_owner) AS owners, (SELECT MAX(id) FROM series) AS series',
  );
  return { owners: row?.owners ?? 0, series: row?.series ?? 0 };
}

/** Owners of one SELECT. */
const OWNERS_AT_ONCE = 100;
/** Rows of one INSERT, so that few statement texts are prepared. */
const ROWS_AT_ONCE = 64;

/** Owners and series that are in memory: all with unsealed points, and others as they are asked for. */
export class SeriesTable {
  readonly summaries = new SummaryTable();
  readonly #owners = new Map<string, OwnerEntry>();
  readonly #byId = new Map<number, SeriesEntry>();
  /** Keys that the current group purges: their rows are there until it commits, and are not to be read. */
  readonly #hidden = new Set<string>();
  #series = 0;
  #nextOwner = 1;
  #nextSeries = 1;
  #evictions = 0;

  /** Reads which ids are taken. */
  async open(connection: Connection): Promise<void> {
    const taken = await takenIds(connection);
    this.#nextOwner = taken.owners + 1;
    this.#nextSeries = taken.series + 1;
  }

  get(key: string): OwnerEntry | undefined {
    return this.#owners.get(key);
  }

  /** A series that is in memory. */
  series(id: number): SeriesEntry | undefined {
    return this.#byId.get(id);
  }

  /** Rows that another process changed are here again: what is in memory becomes like them. Others are adopted if asked. */
  refresh(rows: readonly SeriesRow[], { adopt }: { readonly adopt: boolean }): void {
    for (const row of rows) {
      let owner = this.#owners.get(row.owner);
      // A younger owner of that name was loaded meanwhile.
      if (owner && owner.id !== row.owner_id) continue;
      if (!owner && !adopt) continue;
      owner ??= this.#adoptOwner(row);
      if (row.touched_sequence > owner.touchedSequence) {
        owner.touchedSequence = row.touched_sequence;
        owner.touchedAt = row.touched_at;
      }
      const known = this.#byId.get(row.id);
      if (!known) this.#adoptSeries(owner, row);
      else if (row.sealed > known.sealed) {
        known.sealed = row.sealed;
        known.segments = row.segments;
        known.loose = row.loose;
        // Points that came after the seal are in its head, and in its summary already.
        if (row.summary && !known.head) this.summaries.load(known.slot, row.summary);
      }
    }
  }

  /** Another process made series of an owner that is in memory; of others the rows will say it. */
  adoptMade({ owner: id, key, series }: MadeSeries): void {
    const owner = this.#owners.get(key);
    for (const [made, metric] of series) {
      if (owner?.id === id && !owner.metrics.has(metric)) {
        this.#keep({ id: made, metric, owner, sealed: 0, segments: 0, loose: 0 });
      }
      this.#nextSeries = Math.max(this.#nextSeries, made + 1);
    }
    this.#nextOwner = Math.max(this.#nextOwner, id + 1);
  }

  /** Drops owners by id, whatever their key; their series. */
  drop(ids: readonly number[]): readonly SeriesEntry[] {
    const dropped: SeriesEntry[] = [];
    const gone = new Set(ids);
    for (const [key, owner] of gone.size > 0 ? this.#owners : []) {
      if (!gone.has(owner.id)) continue;
      dropped.push(...owner.metrics.values());
      this.forgetHidden(key, this.hide(key));
    }
    return dropped;
  }

  /** Rows that are being read now may be old: they are read again. */
  outdateReads(): void {
    this.#evictions += 1;
  }

  /** The owner from memory or from its rows; undefined when it has no series. */
  async load(connection: Connection, key: string): Promise<OwnerEntry | undefined> {
    for (;;) {
      const known = this.#owners.get(key);
      if (known) return known;
      if (this.#hidden.has(key)) return undefined;
      const evictions = this.#evictions;
      const rows = await connection.query<SeriesRow>(`${SELECT_SERIES} WHERE o.owner = ?`, [key]);
      // Whoever loaded it meanwhile is right; if it came and went, these rows may be old.
      if (this.#owners.has(key) || evictions !== this.#evictions) continue;
      return this.#adopt(rows);
    }
  }

  /** Has owners in memory that are stored, in few queries: `load` then need not read them one by one. */
  async loadAll(connection: Connection, keys: readonly string[]): Promise<void> {
    const unknown = keys.filter((key) => !this.#owners.has(key) && !this.#hidden.has(key));
    for (let at = 0; at < unknown.length; at += OWNERS_AT_ONCE) {
      const some = unknown.slice(at, at + OWNERS_AT_ONCE);
      const evictions = this.#evictions;
      const places = some.map(() => '?').join(', ');
      const rows = await connection.query<SeriesRow>(`${SELECT_SERIES} WHERE o.owner IN (${places})`, some);
      // As in `load`; whoever asks for one of them reads it again.
      if (evictions !== this.#evictions) return;
      for (const [key, of] of Map.groupBy(rows, ({ owner }) => owner)) {
        if (!this.#owners.has(key)) this.#adopt(of);
      }
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
      this.#byId.delete(entry.id);
      this.summaries.remove(entry.slot);
      this.#series -= 1;
    }
    for (const { key } of owners) this.#owners.delete(key);
  }

  /** Takes an owner out of sight until the group ends; what is added under its key meanwhile is another owner. */
  hide(key: string): OwnerEntry | undefined {
    const entry = this.#owners.get(key);
    this.#owners.delete(key);
    this.#hidden.add(key);
    return entry;
  }

  /** After COMMIT: the hidden owner is gone. */
  forgetHidden(key: string, entry: OwnerEntry | undefined): void {
    this.#hidden.delete(key);
    // Rows of it that are being read are old.
    this.#evictions += 1;
    for (const { slot, id } of entry?.metrics.values() ?? []) {
      this.summaries.remove(slot);
      this.#byId.delete(id);
    }
    this.#series -= entry?.metrics.size ?? 0;
  }

  /** After ROLLBACK: the hidden owner is as it was. */
  showAgain(key: string, entry: OwnerEntry | undefined): void {
    this.#hidden.delete(key);
    if (entry) this.#owners.set(key, entry);
  }

  /** Drops owners without unsealed points, longest known first, while more than `most` series are in memory. */
  evict(most: number): void {
    if (this.#series <= most) return;
    this.#evictions += 1;
    for (const [key, owner] of this.#owners) {
      if (this.#series <= most) return;
      const entries = [...owner.metrics.values()];
      if (entries.some((entry) => entry.head)) continue;
      for (const { slot, id } of entries) {
        this.summaries.remove(slot);
        this.#byId.delete(id);
      }
      this.#series -= entries.length;
      this.#owners.delete(key);
    }
  }

  #adopt(rows: readonly SeriesRow[]): OwnerEntry | undefined {
    const [head] = rows;
    if (!head) return undefined;
    const owner = this.#adoptOwner(head);
    for (const row of rows) this.#adoptSeries(owner, row);
    return owner;
  }

  #adoptOwner(row: SeriesRow): OwnerEntry {
    const owner: OwnerEntry = {
      id: row.owner_id,
      key: row.owner,
      owner: ownerOf(row),
      metrics: new Map(),
      touchedSequence: row.touched_sequence,
      touchedAt: row.touched_at,
    };
    this.#owners.set(owner.key, owner);
    return owner;
  }

  #adoptSeries(owner: OwnerEntry, { id, metric, sealed, segments, loose, summary }: SeriesRow): void {
    const entry = this.#keep({ id, metric, owner, sealed, segments, loose });
    if (summary) this.summaries.load(entry.slot, summary);
  }

  #keep(fields: Omit<SeriesEntry, 'slot' | 'head'>): SeriesEntry {
    const entry: SeriesEntry = { ...fields, slot: this.summaries.add(), head: undefined };
    fields.owner.metrics.set(fields.metric, entry);
    this.#byId.set(entry.id, entry);
    this.#series += 1;
    return entry;
  }
}

function ownerOf({ run, model, dataset }: SeriesRow): SeriesOwner {
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
    await postpone(write, `INSERT INTO ${into} VALUES ${tuples}`, rows.slice(at, at + count).flat());
    at += count;
  }
}
