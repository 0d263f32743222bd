import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';

/** What one client sent: enough to make the very same batch again. */
export interface Batch {
  readonly id: number;
  readonly firstStep: number;
  readonly points: number;
}

/** A run that a client starts under an id of its own making, so that it may repeat the request. */
export interface Creation {
  readonly id: number;
  readonly run: string;
}

/**
 * A client's own log, on another file system than the store's and synced before it goes on: the oracle of
 * "acknowledged ⊆ stored ⊆ sent". A line is written before a request leaves and after its answer arrived.
 */
export class ClientLog {
  readonly batches: Batch[] = [];
  readonly creations: Creation[] = [];
  /** Ids of batches and creations. */
  readonly acked = new Set<number>();
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'a');
  }

  sendBatch(batch: Batch): void {
    this.batches.push(batch);
    this.#write({ sent: batch });
  }

  sendCreation(creation: Creation): void {
    this.creations.push(creation);
    this.#write({ sent: creation });
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

/** The param and the tag that every eighth batch carries beside its points; undefined for the others. */
export function noteOf({ id }: Batch): { readonly key: string; readonly value: string } | undefined {
  return id % 8 === 0 ? { key: `note_${id}`, value: `${id} – Größe 学习率` } : undefined;
}
