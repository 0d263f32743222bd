// The metric store: journal, heads, segments. FORMAT.md draws its bytes and says why nothing is lost or doubled.
// One writer: stage → COMMIT → publish, or discard; between groups seal → COMMIT → published, or abandon. Readers
// may come at any time between those steps.
import { Fault } from '#core/domain/fault.ts';
import type { ModelId, RunId } from '#core/domain/ids.ts';
import type {
  LoggedPoints,
  MetricSummary,
  PointColumns,
  SeriesOwner,
  SeriesRef,
} from '#core/domain/point.ts';
import { ownerKey } from '#core/domain/point.ts';
import type { BucketQuery, SeriesBuckets, SeriesReader } from '#core/tracking/ports/series.ts';
import { type Connection, postpone } from '#storage/sql/connection.ts';
import type { JournalNews, News, PurgedOwner, Sealing } from '#storage/sql/participants.ts';
import { chartSeries } from './chart.ts';
import { decodeChunks } from './codec/chunk.ts';
import { encodeJournal } from './codec/journal-record.ts';
import { Following, newsOf } from './following.ts';
import { type LastValue, lastValuesOf } from './last-values.ts';
import { type HeadLimits, LiveHeads } from './live-heads.ts';
import { SeriesPurge } from './purging.ts';
import { concatPoints, emptyPoints, sortPoints } from './point-order.ts';
import { replayJournal } from './replay.ts';
import { SealRound } from './seal-round.ts';
import { chunksOf, readSegments } from './segments.ts';
import { type OwnerEntry, SeriesTable } from './series-table.ts';
import { type Durable, Gatherer, type Staged } from './staging.ts';
import { Unapplied } from './unapplied.ts';

export interface SeriesOptions extends Partial<HeadLimits> {
  /** Series without unsealed points that may stay in memory. */
  readonly knownSeries?: number;
}

/** A metric of a model's series, for pages that list them. */
export interface OwnerMetric {
  readonly owner: SeriesOwner;
  readonly metric: string;
  readonly summary: MetricSummary;
}

const DEFAULTS = {
  headBytes: 24 * 2 ** 20,
  journalBytes: 24 * 2 ** 20,
  fullPoints: 65_536,
  knownSeries: 32_768,
};

/** Has what an engine noted of other processes read, if `isNeeded` still says so in the order of commits. */
export type SettleLater = (isNeeded: () => boolean) => Promise<void>;

export class SeriesEngine implements SeriesReader {
  readonly #connection: Connection;
  readonly #knownSeries: number;
  readonly #options: SeriesOptions;
  #table = new SeriesTable();
  #gatherer = new Gatherer(this.#table);
  #unapplied = new Unapplied();
  #heads: LiveHeads;
  #purge: SeriesPurge;
  #following: Following;
  #settle: SettleLater = async () => undefined;
  #round: SealRound;
  /** The last journal record that is known. */
  #sequence = 0;

  private constructor(connection: Connection, options: SeriesOptions) {
    const { knownSeries, ...limits } = { ...DEFAULTS, ...options };
    this.#connection = connection;
    this.#options = options;
    this.#knownSeries = knownSeries;
    const [table, unapplied] = [this.#table, this.#unapplied];
    const heads = new LiveHeads(limits, () => unapplied.first);
    this.#heads = heads;
    this.#purge = new SeriesPurge(table, heads);
    this.#following = new Following({
      table,
      heads,
      purge: this.#purge,
      unapplied,
      apply: (points) => this.#apply(points),
      fullPoints: limits.fullPoints,
    });
    const following = this.#following;
    this.#round = new SealRound({
      table,
      heads,
      applied: () => unapplied.applied,
      epoch: () => following.epoch,
    });
  }

  /**
   * Opens what the connection's database holds: unsealed points come back from the journal. Where others write, too,
   * all is read from one `moment` of it. @throws Fault `corrupt`.
   */
  static async open(
    connection: Connection,
    options: SeriesOptions = {},
    moment = connection,
  ): Promise<SeriesEngine> {
    const engine = new SeriesEngine(connection, options);
    await engine.#table.open(moment);
    for await (const staged of replayJournal(moment, engine.#table)) {
      engine.#remember(staged);
      engine.#apply(staged);
    }
    await engine.#purge.open(moment);
    return engine;
  }

  /** Takes note of what other processes did. Reads of what it touches have it read first, by `settleBy`. */
  follow(news: News): void {
    this.#following.note(news);
    this.#sequence = news.journal.at(-1)?.sequence ?? this.#sequence;
    if (news.sealed.length > 0) this.#table.evict(this.#knownSeries);
  }

  /** Who has `settle` called, in the order of commits, when a read needs it. */
  settleBy(settle: SettleLater): void {
    this.#settle = settle;
  }

  /** Reads what was noted. `connection` sees the database exactly as far as it was followed. @throws Fault `corrupt`. */
  async settle(connection: Connection): Promise<void> {
    if (this.#unapplied.isEmpty) return;
    // A record may be gone without a word: earlier versions told nothing of what tidying removes.
    if (!(await this.#following.settle(connection))) (await this.reopen(connection))();
  }

  newsOf(staged: Staged): readonly JournalNews[] {
    return staged.bytes > 0 ? [newsOf(staged)] : [];
  }

  /** Reads everything anew, likewise. */
  async reopen(connection: Connection): Promise<() => void> {
    const anew = await SeriesEngine.open(connection, this.#options);
    return () => {
      this.#table = anew.#table;
      this.#gatherer = anew.#gatherer;
      this.#unapplied = anew.#unapplied;
      this.#heads = anew.#heads;
      this.#purge = anew.#purge;
      this.#following = anew.#following;
      this.#round = anew.#round;
      this.#sequence = anew.#sequence;
    };
  }

  /**
   * Writes the points of a group commit as one journal record, within the transaction that `write` has open. Nothing
   * is visible until `publish`. `sequence` grows from call to call. A rejected call leaves nothing behind once the
   * transaction is rolled back.
   */
  async stage(
    write: Connection,
    sequence: number,
    at: number,
    groups: readonly LoggedPoints[],
  ): Promise<Staged> {
    if (sequence <= this.#sequence)
      throw new Fault('internal', `Points were staged out of order at ${sequence}.`);
    for (const { owner } of groups) {
      const key = ownerKey(owner);
      if (!this.#table.get(key)) await this.#table.load(write, key);
    }
    const gathered = this.#gatherer.gather(groups);
    const { newOwners, newSeries, series, counts, columns } = gathered;
    try {
      if (newSeries.length > 0) await this.#table.insert(write, newOwners, newSeries, { sequence, at });
      if (series.length === 0) return { ...gathered, sequence, at, bytes: 0 };
      if (series.some(({ sealed }) => sealed >= sequence)) {
        throw new Fault(
          'internal',
          `Points were staged at ${sequence}, which is in the past of their series.`,
        );
      }
      const record = encodeJournal({ sequence, at, series: series.map(({ id }) => id), counts, ...columns });
      await postpone(write, 'INSERT INTO series_journal (sequence, record) VALUES (?, ?)', [
        sequence,
        record,
      ]);
      return { ...gathered, sequence, at, bytes: record.length, record };
    } catch (error) {
      this.#table.forget(newOwners, newSeries);
      throw error;
    }
  }

  /** After COMMIT: the points are there for readers. */
  publish(staged: Staged): void {
    this.#remember(staged);
    if (staged.bytes === 0) return;
    this.#following.logged();
    // Behind what was not applied yet, so that points arrive in one order in every process.
    if (this.#unapplied.isEmpty) this.#apply(staged);
    else this.#unapplied.add(newsOf(staged), staged.record);
  }

  /** After ROLLBACK. */
  discard(staged: Staged): void {
    this.#table.forget(staged.newOwners, staged.newSeries);
  }

  /** Hides series for good, within a transaction and before `stage`; then `purgePublished` or `purgeDiscarded`. */
  async purge(
    write: Connection,
    sequence: number,
    owners: readonly PurgedOwner[],
  ): Promise<readonly number[]> {
    return this.#purge.hide(write, sequence, owners);
  }

  purgePublished(): void {
    this.#purge.publish();
  }

  purgeDiscarded(): void {
    this.#purge.discard();
  }

  /** Whether purged series still take space. */
  get needsTidying(): boolean {
    return this.#purge.needsTidying;
  }

  /** Gives a bounded part of it back, in a transaction of its own; `tidied` after its COMMIT. */
  async tidy(write: Connection): Promise<readonly Sealing[]> {
    return this.#purge.tidy(write);
  }

  tidied(): void {
    this.#purge.tidied();
  }

  /** Whether the writer should call `seal` before the next group. */
  get needsSealing(): boolean {
    return this.#heads.needsSealing || this.#following.needsSettling;
  }

  /** Whether it should go on calling `seal`, and no group should come before that is over. */
  get isOverfull(): boolean {
    return this.#heads.isOverfull;
  }

  /**
   * Moves some heads into segments and drops the journal records that only they needed, within a transaction of its
   * own. After COMMIT call `published`, after ROLLBACK `abandon`, before the next `stage`.
   */
  async seal(write: Connection): Promise<readonly Sealing[]> {
    if (!this.#round.isPrepared) await this.#prepare(write);
    return this.#round.write(write);
  }

  /** Does what of `seal` needs no transaction. */
  async prepareSeal(): Promise<void> {
    await this.#prepare(this.#connection);
  }

  async #prepare(read: Connection): Promise<void> {
    // Rows that other processes sealed are to be read before.
    if (this.#unapplied.outdated.length === 0) await this.#round.prepare(read);
  }

  /** After the COMMIT of `seal`. */
  published(): void {
    if (!this.#round.published()) return;
    this.#following.sealed();
    this.#table.evict(this.#knownSeries);
    this.#purge.retry();
  }

  /** After the ROLLBACK of `seal`: heads and journal are as before. */
  abandon(): void {
    this.#round.abandon();
  }

  /** Last, min and max of each metric of an owner; from memory unless the owner was quiet for long. */
  async summaries(owner: SeriesOwner): Promise<ReadonlyMap<string, MetricSummary>> {
    const entry = await this.#owner(ownerKey(owner));
    return entry ? this.#summariesOf(entry) : new Map();
  }

  /** Has the series of these runs in memory, as far as that takes no more than reading rows. */
  async fetch(runs: readonly RunId[]): Promise<void> {
    const keys = runs.map((run) => ownerKey({ kind: 'run', run }));
    const settled = keys.filter((key) => !this.#unapplied.touches(key));
    await this.#table.loadAll(this.#connection, settled);
  }

  /** `summaries` within a transaction, which cannot wait for one that catches up. */
  async summariesWithin(write: Connection, owner: SeriesOwner): Promise<ReadonlyMap<string, MetricSummary>> {
    if (this.#unapplied.touches(ownerKey(owner))) await this.settle(write);
    return this.summaries(owner);
  }

  /** Metrics of a model over all runs and datasets that measured it. */
  async modelMetrics(model: ModelId): Promise<OwnerMetric[]> {
    const rows = await this.#connection.query<{ owner: string }>(
      'SELECT owner FROM series_owner WHERE model = ? ORDER BY id',
      [model],
    );
    const found: OwnerMetric[] = [];
    for (const row of rows) {
      const entry = await this.#owner(row.owner);
      if (!entry) continue;
      for (const [metric, summary] of this.#summariesOf(entry))
        found.push({ owner: entry.owner, metric, summary });
    }
    return found;
  }

  /** The last values of some metrics of runs, for those that have points of them. */
  async lastValues(runs: readonly RunId[], metrics: readonly string[]): Promise<readonly LastValue[]> {
    const isNeeded = () =>
      !this.#unapplied.isEmpty && runs.some((run) => this.#unapplied.touches(ownerKey({ kind: 'run', run })));
    while (isNeeded()) await this.#settle(isNeeded);
    return lastValuesOf(this.#connection, this.#table, { runs, metrics });
  }

  /** The last commit that brought points to a run. */
  async touched(run: RunId): Promise<{ readonly sequence: number; readonly at: number } | undefined> {
    const entry = await this.#owner(ownerKey({ kind: 'run', run }));
    if (!entry || entry.touchedSequence === 0) return undefined;
    return { sequence: entry.touchedSequence, at: entry.touchedAt };
  }

  async read(series: SeriesRef): Promise<PointColumns> {
    const entry = await this.#entry(series);
    if (!entry) return emptyPoints();
    // The head first: what is sealed between the two steps is then seen twice, and counts once.
    const head = entry.head?.columns();
    const rows = await readSegments(this.#connection, entry.id);
    const parts = decodeChunks(rows.flatMap(chunksOf));
    if (head) parts.push(head);
    if (parts.length === 0) return emptyPoints();
    return sortPoints(concatPoints(parts.length === 1 && head ? [copy(head)] : parts));
  }

  async buckets(query: BucketQuery): Promise<SeriesBuckets> {
    const entry = await this.#entry(query.series);
    const head = entry?.head?.columns();
    return chartSeries(this.#connection, { id: entry?.id, head, query });
  }

  async #entry({ owner, metric }: SeriesRef) {
    return (await this.#owner(ownerKey(owner)))?.metrics.get(metric);
  }

  async #owner(key: string): Promise<OwnerEntry | undefined> {
    const isNeeded = () => this.#unapplied.touches(key);
    if (isNeeded()) await this.#settle(isNeeded);
    return this.#table.load(this.#connection, key);
  }

  #summariesOf(owner: OwnerEntry): Map<string, MetricSummary> {
    const found = new Map<string, MetricSummary>();
    for (const { metric, slot } of owner.metrics.values()) {
      const summary = this.#table.summaries.get(slot);
      if (summary) found.set(metric, summary);
    }
    return found;
  }

  /** A record became durable here. */
  #remember({ sequence, bytes }: Pick<Durable, 'sequence' | 'bytes'>): void {
    this.#sequence = sequence;
    if (bytes > 0) this.#heads.addRecord(sequence, bytes);
  }

  /** Staged, replayed or foreign points become visible. */
  #apply({ sequence, at, series, counts, columns }: Durable): void {
    this.#unapplied.applied = sequence;
    let from = 0;
    for (let i = 0; i < series.length; i += 1) {
      const entry = series[i];
      const to = from + (counts[i] as number);
      // On replay: what a segment holds is in the summary, too.
      if (entry && sequence > entry.sealed) {
        this.#heads.append(entry, sequence, columns, from, to);
        this.#table.summaries.update(entry.slot, columns, from, to);
      }
      if (entry && sequence > entry.owner.touchedSequence) {
        entry.owner.touchedSequence = sequence;
        entry.owner.touchedAt = at;
      }
      from = to;
    }
  }
}

function copy({ steps, times, values }: PointColumns): PointColumns {
  return { steps: steps.slice(), times: times.slice(), values: values.slice() };
}
