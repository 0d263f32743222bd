import { Fault } from '#core/domain/fault.ts';
import type { Commit, Receipt } from '#core/tracking/ports/change.ts';

/** A commit that waits for its group. */
export interface Waiting {
  readonly commit: Commit;
  readonly bytes: number;
  /** On the clock of `performance.now`. */
  readonly since: number;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: unknown) => void;
}

export interface QueueLimits {
  /** Bytes that may wait; beyond them a commit is refused with `unavailable`. */
  readonly queueBytes: number;
  /** Bytes of one group: bounds the latency of those that come after it and the size of a journal record. */
  readonly groupBytes: number;
  /** Milliseconds that a commit waits for its group before it is refused; without an end when absent. */
  readonly waitMs?: number;
}

const RETRY_WHEN_SILENT_SECONDS = 5;

/** Commits that arrived while another group is being written: bounded by bytes, first come first served. */
export class CommitQueue {
  readonly #limits: QueueLimits;
  #waiting: Waiting[] = [];
  #bytes = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** @throws Fault `unavailable` when too much waits already. A single commit always fits an empty queue. */
  add(commit: Commit): Promise<Receipt> {
    const bytes = weigh(commit);
    if (this.#bytes > 0 && this.#bytes + bytes > this.#limits.queueBytes) {
      throw new Fault('unavailable', 'The server is busy writing; try again in a moment.', {
        retryAfterSeconds: 1,
      });
    }
    this.#bytes += bytes;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ commit, bytes, since: performance.now(), resolve, reject });
    });
  }

  /** Refuses with `unavailable` what waits for longer than it may: nothing of it was begun. */
  refuseLate(): void {
    const { waitMs = Infinity } = this.#limits;
    const earliest = performance.now() - waitMs;
    const late = this.#waiting.filter(({ since }) => since < earliest);
    this.#waiting = this.#waiting.slice(late.length);
    for (const { bytes, reject } of late) {
      this.#bytes -= bytes;
      reject(
        new Fault('unavailable', 'The database does not answer; nothing was stored.', {
          retryAfterSeconds: RETRY_WHEN_SILENT_SECONDS,
        }),
      );
    }
  }

  /** The next group, in order of arrival. */
  take(): readonly Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const waiting of this.#waiting) {
      // What a purge removes must not be mixed with what its neighbours add.
      if (isPurge(waiting.commit)) {
        count = Math.max(1, count);
        break;
      }
      bytes += waiting.bytes;
      if (count > 0 && bytes > this.#limits.groupBytes) break;
      count += 1;
    }
    const group = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    for (const waiting of group) this.#bytes -= waiting.bytes;
    return group;
  }
}

function isPurge({ changes }: Commit): boolean {
  return changes.some(({ kind }) => kind === 'purge-run' || kind === 'purge-project');
}

/** What a change without texts takes, roughly. */
const CHANGE_BYTES = 200;

/** Roughly what a commit takes in memory; texts count two bytes a code unit. */
function weigh(commit: Commit): number {
  let bytes = CHANGE_BYTES;
  for (const change of commit.changes) {
    if (change.kind === 'log-points') {
      const { metricAt, steps, times, values } = change.points;
      bytes += metricAt.byteLength + steps.byteLength + times.byteLength + values.byteLength;
    } else {
      bytes += weighTexts(change);
    }
  }
  return bytes;
}

function weighTexts(value: unknown): number {
  if (typeof value === 'string') return 2 * value.length;
  if (typeof value !== 'object' || value === null) return 8;
  const parts = value instanceof Map ? value.entries() : Object.values(value).values();
  return parts.reduce((sum: number, part) => sum + weighTexts(part), CHANGE_BYTES / 8);
}
