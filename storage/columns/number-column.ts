import { holds } from '#core/query/evaluate.ts';
import type { Reading } from '#core/query/subject.ts';
import type { Clause, Comparator, OrderTerm } from '#core/query/syntax.ts';
import { grown, type Column, type Ranking } from './column.ts';

/** Doubles, NaN included, as they were logged; what is missing is NaN without a mark in `present`. */
export class NumberColumn implements Column {
  readonly isWasteful = false;
  #values = new Float64Array(0);
  #present = new Uint8Array(0);

  get bytes(): number {
    return this.#values.byteLength + this.#present.byteLength;
  }

  set(row: number, reading: Reading): void {
    const isThere = typeof reading === 'number';
    const known = this.#values.length;
    if (row >= known) {
      this.#values = grown(this.#values, row).fill(NaN, known);
      this.#present = grown(this.#present, row);
    }
    this.#values[row] = isThere ? reading : NaN;
    this.#present[row] = Number(isThere);
  }

  get(row: number): Reading {
    return this.#present[row] === 1 ? this.#values[row] : undefined;
  }

  test(clause: Clause, rows: number): Uint8Array {
    if (clause.kind === 'compare' && typeof clause.value === 'number') {
      return this.#compare(clause.comparator, clause.value, rows);
    }
    const found = new Uint8Array(rows);
    for (let row = 0; row < rows; row += 1) found[row] = Number(holds(clause, this.get(row)));
    return found;
  }

  ranking(direction: OrderTerm['direction']): Ranking {
    const values = this.#values;
    const present = this.#present;
    const sign = direction === 'ascending' ? 1 : -1;
    const emptiness = (row: number): number => (present[row] !== 1 ? 2 : Number(Number.isNaN(values[row])));
    return {
      // What is missing is NaN, too.
      keys: (rows) => {
        const keys = new Float64Array(rows.length);
        for (let at = 0; at < keys.length; at += 1) keys[at] = sign * (values[rows[at] as number] ?? NaN);
        return keys;
      },
      compare: (a, b) => {
        const rank = emptiness(a) - emptiness(b);
        if (rank !== 0) return rank;
        const x = values[a] as number;
        const y = values[b] as number;
        if (x < y) return -sign;
        return x > y ? sign : 0;
      },
    };
  }

  /** A loop for each comparator: a call in it would take longer than all else. NaN satisfies `!=` alone. */
  #compare(comparator: Comparator, wanted: number, rows: number): Uint8Array {
    const found = new Uint8Array(rows);
    const values = this.#values;
    const present = this.#present;
    const end = Math.min(rows, values.length);
    switch (comparator) {
      case '=':
        for (let row = 0; row < end; row += 1) found[row] = values[row] === wanted ? 1 : 0;
        break;
      case '!=':
        for (let row = 0; row < end; row += 1) {
          found[row] = values[row] === wanted ? 0 : (present[row] as number);
        }
        break;
      case '<':
        for (let row = 0; row < end; row += 1) found[row] = (values[row] as number) < wanted ? 1 : 0;
        break;
      case '<=':
        for (let row = 0; row < end; row += 1) found[row] = (values[row] as number) <= wanted ? 1 : 0;
        break;
      case '>':
        for (let row = 0; row < end; row += 1) found[row] = (values[row] as number) > wanted ? 1 : 0;
        break;
      case '>=':
        for (let row = 0; row < end; row += 1) found[row] = (values[row] as number) >= wanted ? 1 : 0;
    }
    return found;
  }
}
