// Deleting series for good, FORMAT.md §1 "Purging": within the commit their owner loses its name, so that nobody finds
// them and a run of the same id begins anew; their rows go afterwards, a bounded number at a time. What is left to do is
// read from the tables, so a crash at any statement loses nothing of it.
import { ownerKey } from '#core/domain/point.ts';
import type { Connection } from '#storage/sql/connection.ts';
import type { PurgedOwner, Sealing } from '#storage/sql/participants.ts';
import type { LiveHeads } from './live-heads.ts';
import type { OwnerEntry, SeriesTable } from './series-table.ts';

/** Segments of about 32 kB that one step deletes, and rows of series. */
const SEGMENTS_AT_ONCE = 128;
const SERIES_AT_ONCE = 1000;

/** The names of purged owners are one range: '!' follows ' ' in both databases' byte-wise collation. */
const PURGED = 'purged ';
const BEHIND_PURGED = 'purged!';

export class SeriesPurge {
  readonly #table: SeriesTable;
  readonly #heads: LiveHeads;
  /** What the current group hides. */
  #hidden: { readonly id: number; readonly key: string; readonly entry: OwnerEntry | undefined }[] = [];
  /** Owners whose rows are to go; and those that wait until the journal has dropped their points. */
  #queue: number[] = [];
  #waiting: number[] = [];
  #step: { readonly through: number; readonly owner?: 'gone' | 'waits' } | undefined;

  constructor(table: SeriesTable, heads: LiveHeads) {
    this.#table = table;
    this.#heads = heads;
  }

  /** Finds what an earlier process left. */
  async open(connection: Connection): Promise<void> {
    const rows = await connection.query<{ id: number }>(
      'SELECT id FROM series_owner WHERE owner >= ? AND owner < ? ORDER BY id',
      [PURGED, BEHIND_PURGED],
    );
    this.#queue = rows.map(({ id }) => id);
  }

  /** Resolves with the ids of the hidden owners. */
  async hide(
    write: Connection,
    sequence: number,
    owners: readonly PurgedOwner[],
  ): Promise<readonly number[]> {
    for (const owner of owners) {
      const [column, name] = owner.kind === 'run' ? ['owner', ownerKey(owner)] : ['model', owner.model];
      const rows = await write.query<{ id: number; owner: string }>(
        `SELECT id, owner FROM series_owner WHERE ${column} = ?`,
        [name],
      );
      for (const { id, owner: key } of rows) {
        // As if all were sealed: a replay of the journal then finds nothing new for them.
        await write.query('UPDATE series SET sealed = ? WHERE owner = ?', [sequence, id]);
        await write.query(
          "UPDATE series_owner SET owner = ?, run = '', model = NULL, dataset = NULL, touched_sequence = ? WHERE id = ?",
          [`${PURGED}${id}`, sequence, id],
        );
        this.#hidden.push({ id, key, entry: this.#table.hide(key) });
      }
    }
    return this.#hidden.map(({ id }) => id);
  }

  /** Another process purged these owners, and gives their space back; should it end before that, this one will. */
  hiddenElsewhere(owners: readonly number[]): void {
    this.#heads.remove(
      this.#table.drop(owners).filter(({ head }) => head),
      0,
    );
    this.#waiting.push(...owners);
  }

  /** After COMMIT. */
  publish(): void {
    for (const { id, key, entry } of this.#hidden) {
      this.#table.forgetHidden(key, entry);
      if (entry)
        this.#heads.remove(
          [...entry.metrics.values()].filter(({ head }) => head),
          0,
        );
      this.#queue.push(id);
    }
    this.#hidden = [];
  }

  /** After ROLLBACK. */
  discard(): void {
    for (const { key, entry } of this.#hidden.toReversed()) this.#table.showAgain(key, entry);
    this.#hidden = [];
  }

  get needsTidying(): boolean {
    return this.#queue.length > 0;
  }

  /** One bounded step, in a transaction; `tidied` after its COMMIT. Resolves with what left the journal. */
  async tidy(write: Connection): Promise<readonly Sealing[]> {
    this.#step = undefined;
    const [owner] = this.#queue;
    if (owner === undefined || (await deleteSegments(write, owner))) return [];
    const through = this.#heads.sealedThrough(new Set());
    if (through > 0) await write.query('DELETE FROM series_journal WHERE sequence <= ?', [through]);
    const [row] = await write.query<{ waits: number }>(
      `SELECT COUNT(*) AS waits FROM series_owner WHERE id = ?
        AND touched_sequence >= (SELECT MIN(sequence) FROM series_journal)`,
      [owner],
    );
    if ((row?.waits ?? 0) > 0) this.#step = { through, owner: 'waits' };
    else this.#step = { through, ...((await deleteSeries(write, owner)) && { owner: 'gone' }) };
    return through > 0 ? [{ series: [], counts: [], mark: 0, through }] : [];
  }

  tidied(): void {
    const step = this.#step;
    this.#step = undefined;
    if (!step) return;
    this.#heads.remove([], step.through);
    if (!step.owner) return;
    const owner = this.#queue.shift();
    if (step.owner === 'waits' && owner !== undefined) this.#waiting.push(owner);
  }

  /** The journal lost records: owners that waited for that are looked at again. */
  retry(): void {
    this.#queue.push(...this.#waiting);
    this.#waiting = [];
  }
}

/** False when the owner has none. */
async function deleteSegments(write: Connection, owner: number): Promise<boolean> {
  const rows = await write.query<{ series: number; number: number }>(
    `SELECT g.series, g.number FROM series s JOIN series_segment g ON g.series = s.id
      WHERE s.owner = ? LIMIT ${SEGMENTS_AT_ONCE}`,
    [owner],
  );
  const last = new Map<number, number>();
  for (const { series, number } of rows) last.set(series, Math.max(last.get(series) ?? 0, number));
  for (const [series, number] of last) {
    await write.query('DELETE FROM series_segment WHERE series = ? AND number <= ?', [series, number]);
  }
  return rows.length > 0;
}

/** True when the owner is gone with the last of its series. */
async function deleteSeries(write: Connection, owner: number): Promise<boolean> {
  await write.query(
    `DELETE FROM series WHERE id IN (SELECT id FROM series WHERE owner = ? LIMIT ${SERIES_AT_ONCE})`,
    [owner],
  );
  const left = await write.query('SELECT id FROM series WHERE owner = ? LIMIT 1', [owner]);
  if (left.length > 0) return false;
  await write.query('DELETE FROM series_owner WHERE id = ?', [owner]);
  return true;
}
