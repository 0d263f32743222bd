import type { PointColumns } from '#core/domain/point.ts';
import { CHUNK_POINTS } from './codec/layout.ts';
import { Head } from './head.ts';
import type { SeriesEntry } from './series-table.ts';

/** When heads are sealed although they are not full. */
export interface HeadLimits {
  /** Memory of all heads together. */
  readonly headBytes: number;
  /** Journal that a restart would have to read. */
  readonly journalBytes: number;
  /** Points in full heads that wait before a seal is worth its fsync. */
  readonly fullPoints: number;
}

/** A seal ends after this many heads or points: about 10 ms, which is how long a commit may have to wait for it. */
const HEADS_AT_ONCE = 512;
const POINTS_AT_ONCE = 32_768;
/** Beyond so many times the limits one seal between two groups is not enough. */
const OVERFULL = 2;

/**
 * All unsealed points and the journal records that hold them, oldest head first. Which heads to seal next is decided
 * here: full ones; and, once memory or journal exceed their limit, the oldest until half of it is left, so that
 * finished and slow series neither keep the journal long nor memory large.
 */
export class LiveHeads {
  readonly #limits: HeadLimits;
  // A Set keeps the order in which heads began.
  readonly #live = new Set<SeriesEntry>();
  readonly #full = new Set<SeriesEntry>();
  #fullPoints = 0;
  #headBytes = 0;
  #records: { readonly sequence: number; readonly bytes: number }[] = [];
  #journalBytes = 0;
  #isDraining = false;
  readonly #firstUnapplied: () => number;
  /** How many times the limits are waited for: more than once where another process usually seals. */
  patience = 1;

  /** @param firstUnapplied sequence of the first record whose points are not all in heads, Infinity without one. */
  constructor(limits: HeadLimits, firstUnapplied: () => number = () => Infinity) {
    this.#limits = limits;
    this.#firstUnapplied = firstUnapplied;
  }

  /** A journal record became durable. */
  addRecord(sequence: number, bytes: number): void {
    this.#records.push({ sequence, bytes });
    this.#journalBytes += bytes;
  }

  /** Points of the record `sequence` for one series. */
  append(entry: SeriesEntry, sequence: number, columns: PointColumns, from: number, to: number): void {
    let head = entry.head;
    if (head) {
      this.#headBytes -= head.bytes;
    } else {
      head = new Head(sequence);
      entry.head = head;
      this.#live.add(entry);
    }
    head.append(columns, from, to);
    this.#headBytes += head.bytes;
    if (head.count < CHUNK_POINTS) return;
    this.#fullPoints += this.#full.has(entry) ? to - from : head.count;
    this.#full.add(entry);
  }

  /** Whether `choose` would return heads that should be sealed now. */
  get needsSealing(): boolean {
    if (this.#fullPoints >= this.patience * this.#limits.fullPoints) return true;
    if (this.#exceeds(this.patience)) this.#isDraining = true;
    else if (this.#isDraining && !this.#exceeds(0.5)) this.#isDraining = false;
    return this.#isDraining;
  }

  /** Whether groups bring more heads than seals take: further groups wait until it is over. */
  get isOverfull(): boolean {
    return this.#exceeds(OVERFULL * this.patience);
  }

  /** The heads to seal next: full ones, else the oldest; never none while there are heads. */
  choose(): SeriesEntry[] {
    const isPressed = this.needsSealing && this.#isDraining;
    const chosen: SeriesEntry[] = [];
    let points = 0;
    const take = (entry: SeriesEntry) => {
      if (chosen.length >= HEADS_AT_ONCE || points >= POINTS_AT_ONCE) return false;
      chosen.push(entry);
      points += entry.head?.count ?? 0;
      return true;
    };
    // Pressed for journal or memory only the oldest help: a full head that began late frees no record.
    for (const entry of isPressed ? this.#live : this.#full) if (!take(entry)) break;
    if (chosen.length > 0) return chosen;
    for (const entry of this.#live) if (!take(entry)) break;
    return chosen;
  }

  /** The last journal record that nothing needs once these heads are sealed; 0 for none. */
  sealedThrough(chosen: ReadonlySet<SeriesEntry>): number {
    let oldest = this.#firstUnapplied();
    for (const entry of this.#live) {
      if (!chosen.has(entry)) oldest = Math.min(oldest, entry.head?.since ?? Infinity);
    }
    let through = 0;
    for (const { sequence } of this.#records) {
      if (sequence >= oldest) break;
      through = sequence;
    }
    return through;
  }

  /** The first `count` points of a head, all through the record `mark`, are in segments; later ones begin a new head. */
  sealed(entry: SeriesEntry, count: number, mark: number): void {
    const { head } = entry;
    if (!head) return;
    this.remove([entry], 0);
    if (head.count <= count) return;
    // Since the next record at the earliest: a bound, for which a record more may stay in the journal.
    this.append(entry, mark + 1, head.columns(), count, head.count);
  }

  /** They go with their points, and the journal is gone through that record. */
  remove(sealed: readonly SeriesEntry[], through: number): void {
    for (const entry of sealed) {
      this.#headBytes -= entry.head?.bytes ?? 0;
      if (this.#full.has(entry)) this.#fullPoints -= entry.head?.count ?? 0;
      entry.head = undefined;
      this.#live.delete(entry);
      this.#full.delete(entry);
    }
    let gone = 0;
    for (const { sequence, bytes } of this.#records) {
      if (sequence > through) break;
      this.#journalBytes -= bytes;
      gone += 1;
    }
    if (gone > 0) this.#records = this.#records.slice(gone);
  }

  #exceeds(share: number): boolean {
    const { headBytes, journalBytes } = this.#limits;
    return this.#headBytes > share * headBytes || this.#journalBytes > share * journalBytes;
  }
}
