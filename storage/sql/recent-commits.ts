import type { CommitEvent, CommitFeed } from '#core/tracking/ports/writer.ts';

/** How many commits a page may miss and still catch up without reloading. At 25 k commits/s this is 0.4 s, at ten it is a quarter of an hour. */
export const KEPT_COMMITS = 10_000;

/** The feed of one process: a bounded ring of the last commits, and whoever listens. */
export class RecentCommits implements CommitFeed {
  readonly #listeners = new Set<(event: CommitEvent) => void>();
  readonly #gapListeners = new Set<() => void>();
  readonly #kept: number;
  #events: CommitEvent[] = [];
  #latest: number;
  /** Every event after this sequence is still in the ring. */
  #completeAfter: number;

  constructor(latest: number, kept = KEPT_COMMITS) {
    this.#latest = latest;
    this.#completeAfter = latest;
    this.#kept = kept;
  }

  /** Called once per durable commit, in their order. */
  publish(event: CommitEvent): void {
    this.#latest = event.sequence;
    this.#events.push(event);
    // Dropped in halves, so that an append costs O(1).
    if (this.#events.length >= 2 * this.#kept) {
      const dropped = this.#events.length - this.#kept;
      this.#completeAfter = this.#events[dropped - 1]?.sequence ?? this.#completeAfter;
      this.#events = this.#events.slice(dropped);
    }
    for (const listener of this.#listeners) listener(event);
  }

  /** Commits of other processes were missed: nobody can go on from before `latest`. */
  restart(latest: number): void {
    this.#latest = latest;
    this.#completeAfter = latest;
    this.#events = [];
    for (const listener of this.#gapListeners) listener();
  }

  subscribe(listener: (event: CommitEvent) => void, onGap: () => void = () => undefined): () => void {
    // Wrapped, so that a function subscribed twice is called twice and ends once.
    const own = (event: CommitEvent): void => listener(event);
    const ownGap = (): void => onGap();
    this.#listeners.add(own);
    this.#gapListeners.add(ownGap);
    return () => {
      this.#listeners.delete(own);
      this.#gapListeners.delete(ownGap);
    };
  }

  since(sequence: number): readonly CommitEvent[] | undefined {
    if (sequence > this.#latest || sequence < this.#completeAfter) return undefined;
    let from = this.#events.length;
    while (from > 0 && (this.#events[from - 1]?.sequence ?? 0) > sequence) from -= 1;
    return this.#events.slice(from);
  }

  latest(): number {
    return this.#latest;
  }
}
