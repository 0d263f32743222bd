// Group commit: everything that arrived while a group was being written forms the next one: one transaction, one
// fsync, then all are acknowledged. Promise: acknowledged means durable; a refused commit leaves nothing and does not
// hurt its neighbours; after a failed write or fsync nothing is acknowledged any more (a retried fsync may lie:
// "Can Applications Recover from fsync Failures?", USENIX ATC 2020).
import { Fault } from '#core/domain/fault.ts';
import type { Commit, Receipt } from '#core/tracking/ports/change.ts';
import type { Writer } from '#core/tracking/ports/writer.ts';
import { CommitQueue, type QueueLimits, type Waiting } from './commit-queue.ts';
import type { CatalogParticipant, Decided, PointsParticipant, WriteConnection } from './participants.ts';
import type { RecentCommits } from './recent-commits.ts';

export interface GroupCommitParts<Staged> {
  readonly connection: WriteConnection;
  readonly catalog: CatalogParticipant;
  readonly points: PointsParticipant<Staged>;
  readonly feed: RecentCommits;
  /** Called once, when what is on the disk is unknown: the process must end with a failure. */
  readonly onFatal: (error: unknown) => void;
  readonly limits?: Partial<QueueLimits>;
}

const LIMITS: QueueLimits = { queueBytes: 64 * 2 ** 20, groupBytes: 16 * 2 ** 20 };
const RETRY_WHEN_FULL_SECONDS = 30;

interface Accepted {
  readonly waiting: Waiting;
  readonly decided: Decided;
}

export class GroupCommit<Staged> implements Writer {
  readonly #parts: GroupCommitParts<Staged>;
  readonly #queue: CommitQueue;
  #sequence: number;
  #working: Promise<void> | undefined;
  #end: Fault | undefined;

  constructor(parts: GroupCommitParts<Staged>) {
    this.#parts = parts;
    this.#queue = new CommitQueue({ ...LIMITS, ...parts.limits });
    this.#sequence = parts.feed.latest();
  }

  async commit(commit: Commit): Promise<Receipt> {
    if (this.#end) throw this.#end;
    const receipt = this.#queue.add(commit);
    this.#working ??= this.#work();
    return receipt;
  }

  /** Waits for what was begun; later commits are refused. */
  async close(): Promise<void> {
    while (this.#working) await this.#working;
    this.#end ??= new Fault('unavailable', 'The server is stopping.', { retryAfterSeconds: 5 });
  }

  async #work(): Promise<void> {
    while (!this.#queue.isEmpty) {
      // One turn of the event loop, in which requests that came with the first one join its group.
      await new Promise((resolve) => setImmediate(resolve));
      const group = this.#queue.take();
      if (this.#end) for (const { reject } of group) reject(this.#end);
      else await this.#write(group);
      if (!this.#end && this.#parts.points.needsSealing) await this.#seal();
    }
    this.#working = undefined;
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    const { catalog, points } = this.#parts;
    const accepted: Accepted[] = [];
    const refused: (() => void)[] = [];
    let staged: Staged | undefined;
    try {
      await this.#transaction(async (write) => {
        await this.#decide(group, { accepted, refused });
        const last = accepted.findLast(({ decided }) => decided.event);
        if (!last) return;
        const { sequence } = last.decided.receipt;
        const logged = accepted.flatMap(({ decided }) => decided.points);
        if (logged.length > 0) {
          staged = await points.stage(write, sequence, last.waiting.commit.at, logged);
        }
        await catalog.flush(sequence);
      });
    } catch (error) {
      if (staged !== undefined) points.discard(staged);
      catalog.discard();
      await this.#fail(group, error);
      return;
    }
    catalog.publish();
    if (staged !== undefined) points.publish(staged);
    for (const { decided } of accepted) {
      if (decided.event) this.#parts.feed.publish(decided.event);
    }
    this.#sequence = this.#parts.feed.latest();
    for (const { waiting, decided } of accepted) waiting.resolve(decided.receipt);
    for (const refuse of refused) refuse();
  }

  async #decide(
    group: readonly Waiting[],
    into: { readonly accepted: Accepted[]; readonly refused: (() => void)[] },
  ): Promise<void> {
    let sequence = this.#sequence;
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

  async #seal(): Promise<void> {
    const { points } = this.#parts;
    try {
      await this.#transaction((write) => points.seal(write));
      points.published();
    } catch (error) {
      points.abandon();
      // A full or busy database is met again, and answered, by the next commit; points stay in the journal meanwhile.
      const failure = this.#parts.connection.failureOf(error);
      if (failure === 'fatal' || failure === 'other') this.#die(error);
    }
  }

  async #transaction(work: (write: WriteConnection) => Promise<void>): Promise<void> {
    const { connection } = this.#parts;
    await connection.execute(connection.begin);
    try {
      await work(connection);
      await connection.execute('COMMIT');
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
        'The disk is full; nothing was stored.',
        { retryAfterSeconds: RETRY_WHEN_FULL_SECONDS },
        cause,
      )
    : new Fault('unavailable', 'The database is busy; nothing was stored.', { retryAfterSeconds: 1 }, cause);
}
