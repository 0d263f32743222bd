// The first k of n rows in an order. What a sample says cannot be among them is left out by one comparison of numbers a
// row; of the rest a heap of k keeps the best, its root the worst of them. When k is a good part of n, all are sorted.
import type { OrderTerm } from '#core/query/syntax.ts';
import type { Ranking } from './column.ts';
import type { RunTable } from './run-table.ts';

/** Of n rows, below which sorting all is faster. */
const SORTING_FRACTION = 8;
/** Rows of a sample for each row that is wanted, so about n/32 rows are left. */
const SAMPLED = 32;

/** The first `most` of the rows, in the order of the terms, which must be total. */
export function firstRows(
  table: RunTable,
  rows: Uint32Array,
  { order, most }: { readonly order: readonly OrderTerm[]; readonly most: number },
): Uint32Array {
  if (most === 0) return rows.slice(0, 0);
  const rankings = order.map(({ field, direction }) => table.column(field).ranking(direction));
  const compare = (a: number, b: number): number => {
    for (const ranking of rankings) {
      const rank = ranking.compare(a, b);
      if (rank !== 0) return rank;
    }
    return 0;
  };
  const [first] = rankings;
  const left = first ? withoutLater(rows, first, most) : rows;
  if (most * SORTING_FRACTION >= left.length) return left.toSorted(compare).slice(0, most);
  const heap = left.slice(-most);
  for (let at = Math.floor(most / 2) - 1; at >= 0; at -= 1) sink(heap, at, compare);
  // Backwards: by default the newest come first, and their rows are the last.
  for (let at = left.length - most - 1; at >= 0; at -= 1) {
    if (compare(left[at] as number, heap[0] as number) >= 0) continue;
    heap[0] = left[at] as number;
    sink(heap, 0, compare);
  }
  return heap.toSorted(compare);
}

/** The rows without most of those that are behind the first `most` by the ranking alone. */
function withoutLater(rows: Uint32Array, ranking: Ranking, most: number): Uint32Array {
  const stride = Math.floor(rows.length / (most * SAMPLED));
  if (stride < 2) return rows;
  const keys = ranking.keys(rows);
  const sample = new Float64Array(most * SAMPLED);
  for (let at = 0; at < sample.length; at += 1) sample[at] = keys[at * stride] as number;
  // NaN is sorted last.
  const bound = sample.toSorted()[most - 1] as number;
  if (Number.isNaN(bound)) return rows;
  const left = new Uint32Array(rows.length);
  let count = 0;
  for (let at = 0; at < rows.length; at += 1) {
    left[count] = rows[at] as number;
    count += (keys[at] as number) <= bound ? 1 : 0;
  }
  return left.subarray(0, count);
}

function sink(heap: Uint32Array, from: number, compare: (a: number, b: number) => number): void {
  const row = heap[from] as number;
  let at = from;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && compare(heap[child] as number, heap[child + 1] as number) < 0) child += 1;
    if (compare(row, heap[child] as number) >= 0) break;
    heap[at] = heap[child] as number;
    at = child;
  }
  heap[at] = row;
}
