import { holds } from '#core/query/evaluate.ts';
import type { Reading } from '#core/query/subject.ts';
import type { Clause, OrderTerm } from '#core/query/syntax.ts';
import type { Column, Ranking } from './column.ts';

/** The runs' ids, which a table has in any case: all different, so no dictionary would help. */
export class IdColumn implements Column {
  readonly bytes = 0;
  readonly isWasteful = false;
  readonly #ids: readonly string[];

  /** @param ids of each row, kept by whoever made them. */
  constructor(ids: readonly string[]) {
    this.#ids = ids;
  }

  set(): void {}

  get(row: number): Reading {
    return this.#ids[row];
  }

  test(clause: Clause, rows: number): Uint8Array {
    const found = new Uint8Array(rows);
    for (let row = 0; row < rows; row += 1) found[row] = Number(holds(clause, this.#ids[row]));
    return found;
  }

  ranking(direction: OrderTerm['direction']): Ranking {
    const ids = this.#ids;
    const sign = direction === 'ascending' ? 1 : -1;
    return {
      keys: (rows) => new Float64Array(rows.length).fill(NaN),
      compare: (a, b) => {
        const x = ids[a] as string;
        const y = ids[b] as string;
        return x === y ? 0 : x < y ? -sign : sign;
      },
    };
  }
}
