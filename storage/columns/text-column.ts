// Texts as codes of a dictionary: a clause is asked once of each different value, by core/query's own evaluator, and
// an order sorts the different values once. Fields with several values (datasets) are the texts of their lists.
import { holds } from '#core/query/evaluate.ts';
import { compareValues, sortable } from '#core/query/order.ts';
import type { Reading } from '#core/query/subject.ts';
import type { Clause, OrderTerm } from '#core/query/syntax.ts';
import { grown, type Column, type Ranking } from './column.ts';

/** What an entry takes beside its characters: a string's head, a slot of the map and of the list. */
const ENTRY_BYTES = 80;
/** The code of what has no value. */
const MISSING = 0;
const LAST = 2 ** 31 - 1;

export class TextColumn implements Column {
  readonly #isScalar: boolean;
  readonly #codes = new Map<string, number>();
  readonly #readings: Reading[] = [undefined];
  #rows = new Int32Array(0);
  #characters = 0;
  #filled = 0;
  /** Codes in ascending order of their values, and the place of each code in it; of the values there were then. */
  #order: Uint32Array = new Uint32Array(0);
  #ranks = new Int32Array(0);

  /** @param isScalar whether texts that spell a number are ordered as numbers. */
  constructor({ isScalar }: { readonly isScalar: boolean }) {
    this.#isScalar = isScalar;
  }

  get bytes(): number {
    const dictionary = this.#readings.length * ENTRY_BYTES + this.#characters;
    return dictionary + this.#rows.byteLength + this.#order.byteLength + this.#ranks.byteLength;
  }

  /** Values that no row has any more stay in the dictionary. */
  get isWasteful(): boolean {
    return this.#readings.length > 2 * this.#filled + 1024;
  }

  set(row: number, reading: Reading): void {
    this.#rows = grown(this.#rows, row);
    this.#filled = Math.max(this.#filled, row + 1);
    this.#rows[row] = this.#codeOf(reading);
  }

  get(row: number): Reading {
    return this.#readings[this.#rows[row] ?? MISSING];
  }

  test(clause: Clause, rows: number): Uint8Array {
    const verdicts = Uint8Array.from(this.#readings, (reading) => Number(holds(clause, reading)));
    const found = new Uint8Array(rows);
    const codes = this.#rows;
    const end = Math.min(rows, codes.length);
    for (let row = 0; row < end; row += 1) found[row] = verdicts[codes[row] as number] as number;
    if (verdicts[MISSING] === 1) found.fill(1, end);
    return found;
  }

  ranking(direction: OrderTerm['direction']): Ranking {
    const ranks = this.#ranked();
    const codes = this.#rows;
    const sign = direction === 'ascending' ? 1 : -1;
    const rankOf = (row: number): number => ranks[codes[row] ?? MISSING] as number;
    return {
      keys: (rows) => {
        const keys = new Float64Array(rows.length);
        for (let at = 0; at < keys.length; at += 1) {
          const rank = rankOf(rows[at] as number);
          keys[at] = rank === LAST ? NaN : sign * rank;
        }
        return keys;
      },
      compare: (a, b) => {
        const x = rankOf(a);
        const y = rankOf(b);
        if (x === y) return 0;
        if (x === LAST) return 1;
        if (y === LAST) return -1;
        return x < y ? -sign : sign;
      },
    };
  }

  #codeOf(reading: Reading): number {
    if (reading === undefined) return MISSING;
    const text = typeof reading === 'string' ? reading : JSON.stringify(reading);
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const code = this.#readings.length;
    this.#codes.set(text, code);
    this.#readings.push(reading);
    this.#characters += text.length;
    return code;
  }

  /** Values that are equal in rank (`1` and `1.0` of a param) have one place. */
  #ranked(): Int32Array {
    const count = this.#readings.length;
    if (this.#ranks.length === count) return this.#ranks;
    const valueOf = (code: number) => sortable(this.#readings[code], this.#isScalar);
    const compare = (a: number, b: number) => compareValues(valueOf(a), valueOf(b), 'ascending');
    const added = Uint32Array.from(
      { length: count - this.#order.length },
      (_, at) => this.#order.length + at,
    );
    this.#order = merged(this.#order, added.toSorted(compare), compare);
    this.#ranks = new Int32Array(count);
    let place = 0;
    let before: number | undefined;
    for (const code of this.#order) {
      if (before === undefined || compare(before, code) !== 0) place += 1;
      before = code;
      this.#ranks[code] = code === MISSING ? LAST : place;
    }
    return this.#ranks;
  }
}

/** One sorted list of two. */
function merged(a: Uint32Array, b: Uint32Array, compare: (x: number, y: number) => number): Uint32Array {
  const all = new Uint32Array(a.length + b.length);
  let atA = 0;
  let atB = 0;
  for (let at = 0; at < all.length; at += 1) {
    const isA = atB === b.length || (atA < a.length && compare(a[atA] as number, b[atB] as number) <= 0);
    all[at] = (isA ? a[atA++] : b[atB++]) as number;
  }
  return all;
}
