// The end of the journal that this process knows of and has not taken into its heads: what other processes wrote, and
// what this one wrote behind it, so that the points of a series always arrive in one order. Nothing of it is decoded
// before somebody reads these series or seals: most of it is sealed by another process first, and dropped here.
import type { JournalNews } from '#storage/sql/participants.ts';
import type { SeriesEntry } from './series-table.ts';

/** Own records stay in memory up to so much; what does not is read from the journal again. */
const MOST_KEPT_BYTES = 8 * 2 ** 20;
/** Owners that are remembered, some MB; with more of them every owner counts as touched. */
const MOST_OWNERS = 65_536;

export interface UnappliedRecord {
  readonly sequence: number;
  readonly bytes: number;
  readonly points: number;
  /** The record itself, where it need not be read. */
  readonly kept: Uint8Array | undefined;
}

export class Unapplied {
  /** The last record whose points are in heads, with those of all before. */
  applied = 0;
  #records: UnappliedRecord[] = [];
  readonly #owners = new Set<string>();
  #isAnybody = false;
  readonly #outdated = new Set<number>();
  #points = 0;
  #keptBytes = 0;

  get isEmpty(): boolean {
    return this.#records.length === 0 && this.#outdated.size === 0;
  }

  /** Sequence of the first record, Infinity without any: no later one may leave the journal by this process's hand. */
  get first(): number {
    return this.#records[0]?.sequence ?? Infinity;
  }

  get points(): number {
    return this.#points;
  }

  /** In the order of the journal. */
  get records(): readonly UnappliedRecord[] {
    return this.#records;
  }

  /** Series that another process sealed: their rows say more than memory does. */
  get outdated(): readonly number[] {
    return [...this.#outdated];
  }

  /** Whether memory may not have all that is known of the owner's series. */
  touches(owner: string): boolean {
    return this.#isAnybody || this.#owners.has(owner);
  }

  /** A record that became durable behind all before. */
  add({ sequence, bytes, points, owners }: JournalNews, record?: Uint8Array): void {
    // Copied, because it was cut from a longer one.
    const kept = record && this.#keptBytes + record.length <= MOST_KEPT_BYTES ? record.slice() : undefined;
    this.#records.push({ sequence, bytes, points, kept });
    this.#keptBytes += kept?.length ?? 0;
    this.#points += points;
    for (const owner of owners) this.#touch(owner);
  }

  outdate({ id, owner }: SeriesEntry): void {
    this.#outdated.add(id);
    this.#touch(owner.key);
  }

  /** Their rows were read again. */
  refreshed(series: readonly number[]): void {
    for (const id of series) this.#outdated.delete(id);
    this.#forgetNames();
  }

  /** These first records were applied, or are in segments and gone. */
  drop(through: number): void {
    if (through < this.first) return;
    let count = 0;
    for (const { sequence, points, kept } of this.#records) {
      if (sequence > through) break;
      count += 1;
      this.#points -= points;
      this.#keptBytes -= kept?.length ?? 0;
    }
    this.#records = this.#records.slice(count);
    this.#forgetNames();
  }

  #touch(owner: string): void {
    if (this.#isAnybody) return;
    this.#owners.add(owner);
    if (this.#owners.size <= MOST_OWNERS) return;
    this.#isAnybody = true;
    this.#owners.clear();
  }

  #forgetNames(): void {
    if (!this.isEmpty) return;
    this.#owners.clear();
    this.#isAnybody = false;
  }
}
