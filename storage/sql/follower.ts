// Keeps the caches of one process equal to a database that other processes write to, too. Promises: a group decides
// only under the lock of the log and after everything before it was applied, so nothing is ever decided on old caches,
// however long the process was paused or away; a read that waits for `fresh` sees every commit that any process
// acknowledged before; events are published in the order of commits, in every process.
import { randomUUID } from 'node:crypto';
import type { RecentCommits } from './recent-commits.ts';
import { appendEntry, type LogEntry, newsIn, readEntries, readLog, takePosition } from './commit-log.ts';
import type { Connection } from './connection.ts';
import type { CatalogParticipant, News, PointsParticipant, Snapshots } from './participants.ts';

export interface FollowerParts {
  /** What the caches hold: everything through this entry of the log. */
  readonly position: number;
  readonly read: Connection;
  readonly snapshots: Snapshots;
  readonly catalog: Pick<CatalogParticipant, 'forget'>;
  readonly points: Pick<PointsParticipant<unknown>, 'follow' | 'settle' | 'reopen'>;
  readonly feed: RecentCommits;
  /** The last commit as the connection sees it. */
  readonly sequence: (connection: Connection) => Promise<number>;
  /** Milliseconds UTC. */
  readonly now: () => number;
}

export class Follower {
  readonly #parts: FollowerParts;
  /** Names this process in the log, for whoever looks at it. */
  readonly #server = randomUUID();
  #position: number;
  /** Ends when nobody changes the caches: one catches up or decides at a time. */
  #turns: Promise<void> = Promise.resolve();
  #leave: (() => void) | undefined;
  #taken = 0;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #isClosed = false;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
    this.#position = parts.position;
  }

  /** Resolves when every commit that was durable at the call is applied. Many calls at once ask the database once. */
  async fresh(): Promise<void> {
    // A question that is on its way may have been answered before the commit that this caller knows of.
    this.#next ??= this.#ask(this.#running);
    return this.#next;
  }

  /** Catches up in the background; what fails now is met by the next read or commit. */
  nudge(): void {
    if (!this.#isClosed) this.fresh().catch(() => undefined);
  }

  /** Waits for what is on its way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#next?.catch(() => undefined);
    await this.#running?.catch(() => undefined);
    await this.#turns;
  }

  /**
   * To be called first in a transaction: waits until no other process is in one, and catches up. Until `leave` nobody
   * else changes the caches of this process.
   */
  async enter(write: Connection): Promise<void> {
    // Sent together; the second is answered when the lock is there, so it sees what everybody before it committed.
    const [position, entries] = await Promise.all([takePosition(write), readEntries(write, this.#position)]);
    this.#leave = await this.#turn();
    this.#taken = position;
    await this.#catchUp(write, { through: position - 1, entries });
  }

  /** Has points read that are only known of, if that is still needed when it can be done. */
  async settle(isNeeded: () => boolean): Promise<void> {
    const leave = await this.#turn();
    try {
      if (!isNeeded()) return;
      await this.#parts.snapshots.snapshot(async (moment) => {
        await this.#catchUpIn(moment);
        await this.#parts.points.settle(moment);
      });
    } finally {
      leave();
    }
  }

  /** Within the transaction: tells the others. A transaction that appends nothing must be rolled back. */
  async append(write: Connection, news: News): Promise<void> {
    await appendEntry(write, this.#taken, { server: this.#server, at: this.#parts.now(), news });
  }

  /** After the COMMIT of what was appended, together with publishing it. */
  appended(): void {
    this.#position = this.#taken;
  }

  /** After COMMIT and publishing, or after ROLLBACK. */
  leave(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  async #ask(before: Promise<void> | undefined): Promise<void> {
    await before?.catch(() => undefined);
    this.#running = this.#next;
    this.#next = undefined;
    const { through, entries } = await readLog(this.#parts.read, this.#position);
    if (through <= this.#position) return;
    const leave = await this.#turn();
    try {
      if (through <= this.#position) return;
      const news = newsIn(entries, { after: this.#position, through });
      // What they say is noted, not read: that needs no moment of the database.
      if (news) this.#follow(news, through);
      else await this.#parts.snapshots.snapshot((moment) => this.#catchUpIn(moment));
    } finally {
      leave();
    }
  }

  async #catchUpIn(moment: Connection): Promise<void> {
    await this.#catchUp(moment, await readLog(moment, this.#position));
  }

  #follow(news: News, through: number): void {
    const { catalog, points, feed } = this.#parts;
    points.follow(news);
    catalog.forget(news.events);
    this.#position = through;
    for (const event of news.events) feed.publish(event);
  }

  /** `connection` sees the log exactly through that entry; `entries` are its last ones. */
  async #catchUp(
    connection: Connection,
    { through, entries }: { readonly through: number; readonly entries: readonly LogEntry[] },
  ): Promise<void> {
    if (through === this.#position) return;
    const news = newsIn(entries, { after: this.#position, through });
    if (news) {
      this.#follow(news, through);
    } else {
      // The log does not reach back to where this process was.
      const { catalog, points, feed } = this.#parts;
      const sequence = await this.#parts.sequence(connection);
      const apply = await points.reopen(connection);
      catalog.forget('everything');
      apply();
      this.#position = through;
      feed.restart(sequence);
    }
  }

  async #turn(): Promise<() => void> {
    const before = this.#turns;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turns = promise;
    await before;
    return resolve;
  }
}
