// Group commit: everything that arrived while a group was being written forms the next one: one transaction, one
// fsync, then all are acknowledged. Promise: acknowledged means durable; a refused commit leaves nothing and does not
// hurt its neighbours; after a failed write or fsync nothing is acknowledged any more (a retried fsync may lie:
// "Can Applications Recover from fsync Failures?", USENIX ATC 2020).
import { Fault } from '#core/domain/fault.ts';
import type { Commit, Receipt } from '#core/tracking/ports/change.ts';
import type { Writer } from '#core/tracking/ports/writer.ts';
import { CommitQueue, type QueueLimits, type Waiting } from './commit-queue.ts';
import type { Follower } from './follower.ts';
import type {
  CatalogParticipant,
  Decided,
  News,
  PointsParticipant,
  WriteConnection,
} from './participants.ts';
import type { RecentCommits } from './recent-commits.ts';

export interface GroupCommitParts<Staged> {
  readonly connection: WriteConnection;
  readonly catalog: CatalogParticipant;
  readonly points: PointsParticipant<Staged>;
  readonly feed: RecentCommits;
  /** Called once, when what is on the disk is unknown: the process must end with a failure. */
  readonly onFatal: (error: unknown) => void;
  readonly limits?: Partial<QueueLimits>;
  /** Present when other processes write to the database, too. */
  readonly follower?: Follower;
}

const LIMITS: QueueLimits = { queueBytes: 64 * 2 ** 20, groupBytes: 16 * 2 ** 20 };
const NOTHING_NEW: News = { events: [], purged: [], sealed: [], journal: [] };
const RETRY_WHEN_FULL_SECONDS = 30;
/** So a commit waits at most a tenth longer than it may. */
const LOOKS_PER_WAIT = 10;
/** While commits keep coming, purged series give space back after so many groups: each time costs an fsync. */
const GROUPS_BETWEEN_TIDYING = 8;

interface Accepted {
  readonly waiting: Waiting;
  readonly decided: Decided;
}

export class GroupCommit<Staged> implements Writer {
  readonly #parts: GroupCommitParts<Staged>;
  readonly #queue: CommitQueue;
  #working: Promise<void> | undefined;
  readonly #lateness: NodeJS.Timeout | undefined;
  #end: Fault | undefined;
  #groupsSinceTidying = 0;
  /** The disk is full: tried again after the next commit. */
  #isTidyingPaused = false;
  #isClosing = false;
  /** Whether the database has space that purged series left and the file system might have back. */
  #hasFreeSpace = false;

  constructor(parts: GroupCommitParts<Staged>) {
    this.#parts = parts;
    const limits = { ...LIMITS, ...parts.limits };
    this.#queue = new CommitQueue(limits);
    if (limits.waitMs !== undefined) {
      this.#lateness = setInterval(() => this.#queue.refuseLate(), limits.waitMs / LOOKS_PER_WAIT);
      this.#lateness.unref();
    }
    // What an earlier process did not come to.
    if (parts.points.needsTidying) this.#working = this.#work();
  }

  async commit(commit: Commit): Promise<Receipt> {
    if (this.#end) throw this.#end;
    const receipt = this.#queue.add(commit);
    this.#working ??= this.#work();
    return receipt;
  }

  /** Waits for what was begun; later commits are refused. */
  async close(): Promise<void> {
    this.#isClosing = true;
    while (this.#working) await this.#working;
    clearInterval(this.#lateness);
    this.#end ??= new Fault('unavailable', 'The server is stopping.', { retryAfterSeconds: 5 });
  }

  async #work(): Promise<void> {
    while (!this.#queue.isEmpty || this.#mayTidy) {
      // One turn of the event loop, in which requests that came with the first one join its group.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#end) for (const { reject } of this.#queue.take()) reject(this.#end);
      else if (!this.#queue.isEmpty) await this.#write();
      await this.#sealEnough();
      this.#groupsSinceTidying += 1;
      const isQuiet = this.#queue.isEmpty || this.#groupsSinceTidying >= GROUPS_BETWEEN_TIDYING;
      if (this.#mayTidy && isQuiet) await this.#tidy();
    }
    this.#working = undefined;
  }

  get #mayTidy(): boolean {
    const isPaused = this.#isClosing || this.#isTidyingPaused;
    return !this.#end && !isPaused && (this.#parts.points.needsTidying || this.#hasFreeSpace);
  }

  /** Commits what waits, or only `chosen` of it. */
  async #write(chosen?: readonly Waiting[]): Promise<void> {
    const { catalog, points, feed } = this.#parts;
    let group = chosen;
    const accepted: Accepted[] = [];
    const refused: (() => void)[] = [];
    let staged: Staged | undefined;
    const work = async (write: WriteConnection): Promise<News | undefined> => {
      // Not before it is this process's turn: what came while it waited for others is in the group, too.
      group ??= this.#queue.take();
      await this.#decide(group, { accepted, refused });
      const last = accepted.findLast(({ decided }) => decided.event);
      if (!last) return undefined;
      const { sequence } = last.decided.receipt;
      const owners = accepted.flatMap(({ decided }) => decided.purged ?? []);
      const purged = owners.length > 0 ? await points.purge(write, sequence, owners) : [];
      const logged = accepted.flatMap(({ decided }) => decided.points);
      if (logged.length > 0) {
        staged = await points.stage(write, sequence, last.waiting.commit.at, logged);
      }
      await catalog.flush(sequence);
      const journal = staged === undefined ? [] : points.newsOf(staged);
      return {
        ...NOTHING_NEW,
        events: accepted.flatMap(({ decided }) => decided.event ?? []),
        purged,
        journal,
      };
    };
    const publish = (): void => {
      catalog.publish();
      points.purgePublished();
      if (staged !== undefined) points.publish(staged);
      for (const { decided } of accepted) if (decided.event) feed.publish(decided.event);
    };
    const discard = (): void => {
      if (staged !== undefined) points.discard(staged);
      points.purgeDiscarded();
      catalog.discard();
    };
    try {
      await this.#inTurn({ work, publish, discard });
    } catch (error) {
      await this.#fail(group ?? this.#queue.take(), error);
      return;
    }
    this.#isTidyingPaused = false;
    // Rows went with the commit itself, also where no series is left to tidy.
    if (accepted.some(({ decided }) => decided.purged?.length)) this.#hasFreeSpace = true;
    for (const { waiting, decided } of accepted) waiting.resolve(decided.receipt);
    for (const refuse of refused) refuse();
  }

  async #decide(
    group: readonly Waiting[],
    into: { readonly accepted: Accepted[]; readonly refused: (() => void)[] },
  ): Promise<void> {
    let sequence = this.#parts.feed.latest();
    for (const waiting of group) {
      try {
        const decided = await this.#parts.catalog.decide(waiting.commit, sequence + 1);
        if (decided.event) sequence += 1;
        into.accepted.push({ waiting, decided });
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        // Told only after COMMIT: a refusal that rests on a neighbour's change must not be known before it is durable.
        into.refused.push(() => waiting.reject(error));
      }
    }
  }

  async #sealEnough(): Promise<void> {
    const { points } = this.#parts;
    let hasMore = points.needsSealing;
    while (hasMore && !this.#end) hasMore = (await this.#seal()) && points.isOverfull;
  }

  /** One seal; whether it moved anything. */
  async #seal(): Promise<boolean> {
    const { points, follower } = this.#parts;
    let hasSealed = false;
    if (follower) {
      // All that takes time is done while others may commit. If it fails, so does what follows.
      const isReady = await this.#prepareSeal(follower).catch(() => true);
      if (!isReady) return false;
    }
    const work = async (write: WriteConnection): Promise<News | undefined> => {
      // Nothing, when another process has done it while this one waited.
      const sealed = await points.seal(write);
      hasSealed = sealed.length > 0;
      return hasSealed ? { ...NOTHING_NEW, sealed } : undefined;
    };
    try {
      await this.#inTurn({ work, publish: () => points.published(), discard: () => points.abandon() });
      return hasSealed;
    } catch (error) {
      // A full or busy database is met again, and answered, by the next commit; points stay in the journal meanwhile.
      this.#dieIfSerious(error);
      return false;
    }
  }

  /** False when the points that others logged filled no heads. */
  async #prepareSeal(follower: Follower): Promise<boolean> {
    const { points } = this.#parts;
    await follower.settle(() => points.needsSealing);
    if (!points.needsSealing) return false;
    await points.prepareSeal();
    return true;
  }

  async #tidy(): Promise<void> {
    const { points } = this.#parts;
    this.#groupsSinceTidying = 0;
    const work = async (write: WriteConnection): Promise<News> => {
      const sealed = await points.tidy(write);
      this.#hasFreeSpace = (await write.shrink?.()) ?? false;
      return { ...NOTHING_NEW, sealed };
    };
    try {
      await this.#inTurn({ work, publish: () => points.tidied(), discard: () => undefined });
    } catch (error) {
      this.#isTidyingPaused = true;
      this.#dieIfSerious(error);
    }
  }

  #dieIfSerious(error: unknown): void {
    const failure = this.#parts.connection.failureOf(error);
    if (failure === 'fatal' || failure === 'other') this.#die(error);
  }

  /**
   * A transaction in the order of all processes: what the others committed is applied before `work`, and nothing
   * further until it is published or discarded. `work` resolves with what to tell them, undefined when it wrote nothing.
   */
  async #inTurn(steps: {
    readonly work: (write: WriteConnection) => Promise<News | undefined>;
    readonly publish: () => void;
    readonly discard: () => void;
  }): Promise<void> {
    const { follower } = this.#parts;
    try {
      const isKept = await this.#transaction(async (write) => {
        await follower?.enter(write);
        const news = await steps.work(write);
        if (news) await follower?.append(write, news);
        return news !== undefined;
      });
      if (isKept) follower?.appended();
      steps.publish();
    } catch (error) {
      steps.discard();
      throw error;
    } finally {
      follower?.leave();
    }
  }

  /** COMMIT, or ROLLBACK when `work` resolves with false because there is nothing to keep. */
  async #transaction(work: (write: WriteConnection) => Promise<boolean>): Promise<boolean> {
    const { connection } = this.#parts;
    await connection.execute(connection.begin);
    try {
      const isKept = await work(connection);
      await connection.execute(isKept ? 'COMMIT' : 'ROLLBACK');
      return isKept;
    } catch (error) {
      // SQLite has rolled back by itself after some errors; then there is nothing to roll back.
      await connection.execute('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  async #fail(group: readonly Waiting[], error: unknown): Promise<void> {
    const failure = this.#parts.connection.failureOf(error);
    if (failure === 'fatal') {
      const end = this.#die(error);
      for (const { reject } of group) reject(end);
    } else if (failure === 'other' && group.length > 1) {
      // One of them met a bug; the others are not to suffer from it.
      for (const waiting of group) {
        if (this.#end) waiting.reject(this.#end);
        else await this.#write([waiting]);
      }
    } else {
      const fault = failure === 'other' ? error : unavailable(failure, error);
      for (const { reject } of group) reject(fault);
    }
  }

  #die(error: unknown): Fault {
    if (!this.#end) {
      const message = 'Writing to the disk failed; whether this was stored is unknown.';
      this.#end = new Fault('internal', message, {}, error);
      this.#parts.onFatal(error);
    }
    return this.#end;
  }
}

function unavailable(failure: 'full' | 'busy', cause: unknown): Fault {
  return failure === 'full'
    ? new Fault(
        'unavailable',
        'The disk is full or read-only; nothing was stored.',
        { retryAfterSeconds: RETRY_WHEN_FULL_SECONDS },
        cause,
      )
    : new Fault('unavailable', 'The database is busy; nothing was stored.', { retryAfterSeconds: 1 }, cause);
}
