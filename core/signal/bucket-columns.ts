const NUMBERS = ['index', 'xFirst', 'xLast', 'first', 'last', 'min', 'max'] as const;

/** One bucket as a row; the columns of `Buckets` say what each number means. */
export type BucketRow = Readonly<Record<(typeof NUMBERS)[number] | 'count' | 'flags', number>>;

type NumberColumns = Record<(typeof NUMBERS)[number], Float64Array>;

/** Rows of buckets kept as columns, which double when they are full: appending costs constant time on average. */
export class BucketColumns {
  #capacity: number;
  #size = 0;
  #numbers: NumberColumns;
  #counts: Uint32Array;
  #flags: Uint8Array;

  constructor(capacity: number) {
    this.#capacity = Math.max(1, capacity);
    this.#numbers = eachNumber(() => new Float64Array(this.#capacity));
    this.#counts = new Uint32Array(this.#capacity);
    this.#flags = new Uint8Array(this.#capacity);
  }

  append(row: BucketRow): void {
    if (this.#size === this.#capacity) this.#grow();
    const at = this.#size;
    const numbers = this.#numbers;
    numbers.index[at] = row.index;
    numbers.xFirst[at] = row.xFirst;
    numbers.xLast[at] = row.xLast;
    numbers.first[at] = row.first;
    numbers.last[at] = row.last;
    numbers.min[at] = row.min;
    numbers.max[at] = row.max;
    this.#counts[at] = row.count;
    this.#flags[at] = row.flags;
    this.#size += 1;
  }

  /** A copy of what is there, in arrays of its exact length. */
  copy(): NumberColumns & { count: Uint32Array; flags: Uint8Array } {
    return {
      ...eachNumber((column) => this.#numbers[column].slice(0, this.#size)),
      count: this.#counts.slice(0, this.#size),
      flags: this.#flags.slice(0, this.#size),
    };
  }

  #grow(): void {
    this.#capacity *= 2;
    this.#numbers = eachNumber((column) => {
      const longer = new Float64Array(this.#capacity);
      longer.set(this.#numbers[column]);
      return longer;
    });
    const counts = new Uint32Array(this.#capacity);
    counts.set(this.#counts);
    this.#counts = counts;
    const flags = new Uint8Array(this.#capacity);
    flags.set(this.#flags);
    this.#flags = flags;
  }
}

function eachNumber(make: (column: keyof NumberColumns) => Float64Array): NumberColumns {
  return Object.fromEntries(NUMBERS.map((column) => [column, make(column)])) as NumberColumns;
}
