// How an engine keeps up with points that other processes log: it notes what they wrote, and reads it when somebody
// needs it. One process seals for all as long as it does so in time. The invariant, FORMAT.md §1 "Several processes":
// heads hold a prefix of the journal, `unapplied` names the rest; who seals has none left, so that what its heads do
// not need nobody's heads need.
import type { Connection } from '#storage/sql/connection.ts';
import type { JournalNews, News } from '#storage/sql/participants.ts';
import { entriesOf, firstOf, readForeign, readRows } from './foreign-points.ts';
import type { LiveHeads } from './live-heads.ts';
import type { SeriesPurge } from './purging.ts';
import type { SeriesEntry, SeriesTable } from './series-table.ts';
import type { Durable, Staged } from './staging.ts';
import type { Unapplied } from './unapplied.ts';

/** While another process seals, this one waits until the limits are exceeded by a half: then the other one is gone or late. */
const PATIENCE = 1.5;

export interface FollowingParts {
  readonly table: SeriesTable;
  readonly heads: LiveHeads;
  readonly purge: SeriesPurge;
  readonly unapplied: Unapplied;
  /** Puts the points of a record into heads. */
  readonly apply: (points: Durable) => void;
  /** Points that are worth reading although nobody asked, so that their heads may be full. */
  readonly fullPoints: number;
}

export class Following {
  readonly #parts: FollowingParts;
  /** Undefined until somebody logged: whoever is first seals, until another does. */
  #isSealer: boolean | undefined;
  #epoch = 0;

  constructor(parts: FollowingParts) {
    this.#parts = parts;
  }

  /** Takes note of what other processes did. */
  note({ purged, sealed, journal }: News): void {
    const { table, heads, purge, unapplied } = this.#parts;
    purge.hiddenElsewhere(purged);
    if (journal.length > 0 && this.#isSealer === undefined) this.#seals(false);
    for (const record of journal) {
      for (const made of record.made) table.adoptMade(made);
      heads.addRecord(record.sequence, record.bytes);
      unapplied.add(record);
    }
    if (purged.length > 0) this.#epoch += 1;
    for (const { series, counts, mark, through } of sealed) {
      for (const [at, id] of series.entries()) {
        const entry = table.series(id);
        // Its row was read after that seal.
        if (!entry || entry.sealed >= mark) continue;
        // Heads are equal in every process as far as they are applied, so as many points of this one are sealed.
        heads.sealed(entry, counts[at] ?? 0, mark);
        unapplied.outdate(entry);
      }
      heads.remove([], through);
      unapplied.drop(through);
      if (series.length > 0) this.#seals(false);
    }
    // Rows that are being read now may be old.
    table.outdateReads();
  }

  /** Another one whenever another process sealed or purged. */
  get epoch(): number {
    return this.#epoch;
  }

  /** This process logged points. */
  logged(): void {
    if (this.#isSealer === undefined) this.#seals(true);
  }

  /** This process sealed. */
  sealed(): void {
    this.#seals(true);
  }

  /** Whether so much is noted that it should be read although nobody asked. */
  get needsSettling(): boolean {
    const { unapplied, fullPoints } = this.#parts;
    return this.#isSealer === true && unapplied.points >= fullPoints;
  }

  /**
   * Reads what was noted; `connection` sees the database exactly as far as it was followed. False when a record is gone
   * of which nobody told: then everything is to be read anew. @throws Fault `corrupt`.
   */
  async settle(connection: Connection): Promise<boolean> {
    const { table, unapplied, apply } = this.#parts;
    const { outdated } = unapplied;
    if (outdated.length > 0) {
      table.refresh(await readRows(connection, outdated), { adopt: false });
      unapplied.refreshed(outdated);
    }
    while (unapplied.records.length > 0) {
      const foreign = await readForeign(connection, table, firstOf(unapplied.records));
      if (!foreign) return false;
      table.refresh(foreign.unknown, { adopt: true });
      for (const record of foreign.records) apply(entriesOf(record, table));
      unapplied.drop(foreign.records.at(-1)?.sequence ?? 0);
    }
    return true;
  }

  #seals(isHere: boolean): void {
    if (!isHere) this.#epoch += 1;
    this.#isSealer = isHere;
    this.#parts.heads.patience = isHere ? 1 : PATIENCE;
  }
}

/** What other processes are told of points that this one staged. */
export function newsOf({ sequence, bytes, series, counts, newSeries }: Staged): JournalNews {
  const made = new Map<number, { key: string; series: [number, string][] }>();
  for (const { id, metric, owner } of newSeries) {
    const of = made.get(owner.id) ?? { key: owner.key, series: [] };
    of.series.push([id, metric]);
    made.set(owner.id, of);
  }
  return {
    sequence,
    bytes,
    points: counts.reduce((sum, count) => sum + count, 0),
    owners: ownersOf(series),
    made: Array.from(made, ([owner, of]) => ({ owner, ...of })),
  };
}

function ownersOf(series: readonly SeriesEntry[]): readonly string[] {
  const keys = new Set<string>();
  let last: SeriesEntry['owner'] | undefined;
  for (const { owner } of series) {
    if (owner !== last) keys.add(owner.key);
    last = owner;
  }
  return [...keys];
}
