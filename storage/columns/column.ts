import type { Reading } from '#core/query/subject.ts';
import type { Clause, OrderTerm } from '#core/query/syntax.ts';

/** One field of the runs of a project, by row. A row that was never set has no value. */
export interface Column {
  /** An estimate of what it takes in memory. */
  readonly bytes: number;
  /** Whether loading it anew would take much less memory. */
  readonly isWasteful: boolean;
  set(row: number, reading: Reading): void;
  get(row: number): Reading;
  /** 1 for each of the first `rows` rows that satisfies the clause, as core/query's `holds` says, else 0. */
  test(clause: Clause, rows: number): Uint8Array;
  /** How rows are ranked by this field as it is now. */
  ranking(direction: OrderTerm['direction']): Ranking;
}

export interface Ranking {
  /** Of each of the rows: smaller comes first; NaN is behind all others, and all are NaN when only comparing tells. */
  keys(rows: Uint32Array): Float64Array;
  /** As `compareValues`; equal ranks are 0. */
  compare(a: number, b: number): number;
}

/** The array, or a copy of it that is large enough for a row. */
export function grown<Values extends Float64Array | Int32Array | Uint8Array>(
  values: Values,
  row: number,
): Values {
  if (row < values.length) return values;
  const Kind = values.constructor as new (length: number) => Values;
  const larger = new Kind(Math.max(64, row + 1, Math.ceil(values.length * 1.5)));
  larger.set(values);
  return larger;
}
