// One seal: some heads become segments. `prepare` chooses and encodes, which takes time and changes nothing; `write`
// only writes, so that nobody waits long for the transaction; `published` follows its COMMIT. Points may arrive in
// between: a seal says through which record (`mark`) its heads went, and what came later stays in head and journal.
import { type Connection, postpone } from '#storage/sql/connection.ts';
import type { Sealing } from '#storage/sql/participants.ts';
import type { LiveHeads } from './live-heads.ts';
import { encodeSeal, type EncodedSeal, writeSeal } from './sealing.ts';
import type { OwnerEntry, SeriesEntry, SeriesTable } from './series-table.ts';

export interface SealRoundParts {
  readonly table: SeriesTable;
  readonly heads: LiveHeads;
  /** The last record whose points are in heads; heads have all through it. */
  readonly applied: () => number;
  /** Changes when another process sealed or purged: what was chosen before may not be written then. */
  readonly epoch: () => number;
}

interface Prepared {
  readonly seals: readonly EncodedSeal[];
  readonly summaries: readonly Uint8Array[];
  readonly owners: readonly Pick<OwnerEntry, 'id' | 'touchedSequence' | 'touchedAt'>[];
  readonly mark: number;
  readonly through: number;
  readonly epoch: number;
}

export class SealRound {
  readonly #parts: SealRoundParts;
  #prepared: Prepared | undefined;

  constructor(parts: SealRoundParts) {
    this.#parts = parts;
  }

  get isPrepared(): boolean {
    return this.#prepared !== undefined;
  }

  async prepare(read: Connection): Promise<void> {
    const { table, heads, applied, epoch } = this.#parts;
    this.#prepared = undefined;
    const chosen = heads.choose().filter(hasHead);
    if (chosen.length === 0) return;
    // All of one moment: points that arrive from here on are not in this seal.
    const columns = chosen.map(({ head }) => head.columns());
    const summaries = chosen.map(({ slot }) => table.summaries.encode(slot));
    const owners = [...new Set(chosen.map(({ owner }) => owner))].map((owner) => ({ ...owner }));
    const [mark, through] = [applied(), heads.sealedThrough(new Set(chosen))];
    const began = epoch();
    const seals = await Promise.all(
      chosen.map((entry, at) => encodeSeal(read, entry, columns[at] as (typeof columns)[number])),
    );
    this.#prepared = { seals, summaries, owners, mark, through, epoch: began };
  }

  /** Within a transaction. Resolves with what other processes are told: nothing when one of them was first. */
  async write(write: Connection): Promise<readonly Sealing[]> {
    const prepared = this.#prepared;
    if (!prepared || prepared.epoch !== this.#parts.epoch()) {
      this.#prepared = undefined;
      return [];
    }
    const { seals, summaries, owners, mark, through } = prepared;
    for (const [at, seal] of seals.entries()) {
      await writeSeal(write, seal);
      await postpone(
        write,
        'UPDATE series SET sealed = ?, segments = ?, loose = ?, summary = ? WHERE id = ?',
        [mark, seal.segments, seal.loose, summaries[at] as Uint8Array, seal.entry.id],
      );
    }
    for (const { id, touchedSequence, touchedAt } of owners) {
      await postpone(write, 'UPDATE series_owner SET touched_sequence = ?, touched_at = ? WHERE id = ?', [
        touchedSequence,
        touchedAt,
        id,
      ]);
    }
    if (through > 0) await postpone(write, 'DELETE FROM series_journal WHERE sequence <= ?', [through]);
    const series = seals.map(({ entry }) => entry.id);
    return [{ series, counts: seals.map(({ count }) => count), mark, through }];
  }

  /** After COMMIT. False when nothing was written. */
  published(): boolean {
    const prepared = this.#prepared;
    this.#prepared = undefined;
    if (!prepared) return false;
    const { heads } = this.#parts;
    for (const { entry, count, segments, loose } of prepared.seals) {
      entry.sealed = prepared.mark;
      entry.segments = segments;
      entry.loose = loose;
      heads.sealed(entry, count, prepared.mark);
    }
    heads.remove([], prepared.through);
    return true;
  }

  /** After ROLLBACK. */
  abandon(): void {
    this.#prepared = undefined;
  }
}

function hasHead(entry: SeriesEntry): entry is SeriesEntry & { readonly head: object } {
  return entry.head !== undefined;
}
