// The first k of n rows in an order: a heap of k whose root is the worst of them, so that almost every other row costs
// one comparison of numbers. When k is a good part of n, sorting all is faster.
import type { OrderTerm } from '#core/query/syntax.ts';
import type { RunTable } from './run-table.ts';

const SORTING_FRACTION = 8;

/** The first `most` of the rows, in the order of the terms, which must be total. */
export function firstRows(
  table: RunTable,
  rows: Uint32Array,
  { order, most }: { readonly order: readonly OrderTerm[]; readonly most: number },
): Uint32Array {
  const rankings = order.map(({ field, direction }) => table.column(field).ranking(direction));
  const compare = (a: number, b: number): number => {
    for (const ranking of rankings) {
      const rank = ranking.compare(a, b);
      if (rank !== 0) return rank;
    }
    return 0;
  };
  if (most * SORTING_FRACTION >= rows.length) return rows.toSorted(compare).slice(0, most);
  const heap = rows.slice(0, most);
  for (let at = Math.floor(most / 2) - 1; at >= 0; at -= 1) sink(heap, at, compare);
  const [first] = rankings;
  if (!first || most === 0) return heap;
  let worst = first.key(heap[0] as number);
  for (let at = most; at < rows.length; at += 1) {
    const row = rows[at] as number;
    // False when either is NaN: then comparing tells.
    if (first.key(row) > worst) continue;
    if (compare(row, heap[0] as number) >= 0) continue;
    heap[0] = row;
    sink(heap, 0, compare);
    worst = first.key(heap[0]);
  }
  return heap.toSorted(compare);
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
