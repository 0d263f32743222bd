import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';

/** What one client sent: enough to make the very same batch again. */
export interface Batch {
  readonly id: number;
  readonly run: string;
  readonly metric: string;
  readonly firstStep: number;
  readonly points: number;
}

/**
 * A client's own log, on another file system than the store's and synced before it goes on: the oracle of
 * "acknowledged ⊆ stored ⊆ sent". A line is written before a batch leaves and after its answer arrived.
 */
export class ClientLog {
  readonly sent: Batch[] = [];
  readonly acked = new Set<number>();
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'a');
  }

  send(batch: Batch): void {
    this.sent.push(batch);
    this.#write({ sent: batch });
  }

  acknowledge(id: number): void {
    this.acked.add(id);
    this.#write({ acked: id });
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(line: object): void {
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
    fdatasyncSync(this.#file);
  }
}

/** The value of a point follows from its place, NaN and negative zero among them, so a log need not hold it. */
export function valueAt(metric: string, step: number): number {
  const seed = metric.length * 7919 + step * 31;
  if (step % 97 === 0) return Number.NaN;
  if (step % 89 === 0) return -0;
  return Math.sin(seed) * 10 ** (step % 9);
}

/** Milliseconds UTC, also a function of the place: a retried batch is the same set of points. */
export function timeAt(step: number): number {
  return 1_795_000_000_000 + step * 10;
}
