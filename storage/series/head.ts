import type { PointColumns } from '#core/domain/point.ts';

const FIRST_CAPACITY = 8;
/** Below this many points a loop beats the views that `set` needs. */
const LOOP_BELOW = 24;

/**
 * The unsealed points of one series as they arrived: three columns in one array, because with many thousand live
 * series the objects cost more than the points. Rows never change once they are written, so views stay valid.
 */
export class Head {
  /** Sequence of the journal record that its first points are in. */
  readonly since: number;
  #count = 0;
  #capacity = FIRST_CAPACITY;
  #columns = new Float64Array(3 * FIRST_CAPACITY);

  constructor(since: number) {
    this.since = since;
  }

  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#columns.byteLength;
  }

  /** Rows from … to of the columns, behind what is there. */
  append({ steps, times, values }: PointColumns, from: number, to: number): void {
    const rows = to - from;
    if (this.#count + rows > this.#capacity) this.#grow(this.#count + rows);
    const columns = this.#columns;
    const atTimes = this.#capacity;
    const atValues = 2 * this.#capacity;
    if (rows < LOOP_BELOW) {
      for (let i = from, at = this.#count; i < to; i += 1, at += 1) {
        columns[at] = steps[i] as number;
        columns[atTimes + at] = times[i] as number;
        columns[atValues + at] = values[i] as number;
      }
    } else {
      columns.set(steps.subarray(from, to), this.#count);
      columns.set(times.subarray(from, to), atTimes + this.#count);
      columns.set(values.subarray(from, to), atValues + this.#count);
    }
    this.#count += rows;
  }

  /** What is there now, not copied; appending later does not show in it. */
  columns(): PointColumns {
    return {
      steps: this.#columns.subarray(0, this.#count),
      times: this.#columns.subarray(this.#capacity, this.#capacity + this.#count),
      values: this.#columns.subarray(2 * this.#capacity, 2 * this.#capacity + this.#count),
    };
  }

  #grow(needed: number): void {
    const old = this.columns();
    this.#capacity = Math.max(needed, 2 * this.#capacity);
    this.#columns = new Float64Array(3 * this.#capacity);
    this.#columns.set(old.steps, 0);
    this.#columns.set(old.times, this.#capacity);
    this.#columns.set(old.values, 2 * this.#capacity);
  }
}
