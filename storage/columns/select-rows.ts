import type { LifecycleView } from '#core/domain/lifecycle.ts';
import type { Condition, Filter } from '#core/query/syntax.ts';
import type { RunTable } from './run-table.ts';

/** Bytes of a word. */
const WORD = 4;

/** The rows that a filter asks for, ascending. */
export function selectRows(table: RunTable, filter: Filter, view: LifecycleView): Uint32Array {
  const marks = table.visible(view);
  if (filter.kind !== 'all') and(marks, test(table, filter));
  let count = 0;
  for (let row = 0; row < marks.length; row += 1) count += marks[row] as number;
  const rows = new Uint32Array(count);
  let at = 0;
  for (let row = 0; at < count; row += 1) {
    rows[at] = row;
    at += marks[row] as number;
  }
  return rows;
}

function test(table: RunTable, condition: Condition): Uint8Array {
  if (condition.kind === 'not') {
    const marks = test(table, condition.term);
    for (let row = 0; row < marks.length; row += 1) marks[row] = 1 - (marks[row] as number);
    return marks;
  }
  if (condition.kind !== 'and' && condition.kind !== 'or') {
    return table.column(condition.field).test(condition, table.size);
  }
  const join = condition.kind === 'and' ? and : or;
  const [first, ...others] = condition.terms;
  const marks = test(table, first as Condition);
  for (const term of others) join(marks, test(table, term));
  return marks;
}

function and(marks: Uint8Array, others: Uint8Array): void {
  const [words, otherWords] = [wordsOf(marks), wordsOf(others)];
  for (let at = 0; at < words.length; at += 1) words[at] = (words[at] as number) & (otherWords[at] as number);
  for (let row = words.length * WORD; row < marks.length; row += 1) {
    marks[row] = (marks[row] as number) & (others[row] as number);
  }
}

function or(marks: Uint8Array, others: Uint8Array): void {
  const [words, otherWords] = [wordsOf(marks), wordsOf(others)];
  for (let at = 0; at < words.length; at += 1) words[at] = (words[at] as number) | (otherWords[at] as number);
  for (let row = words.length * WORD; row < marks.length; row += 1) {
    marks[row] = (marks[row] as number) | (others[row] as number);
  }
}

/** The whole words of it: four rows at once. */
function wordsOf(marks: Uint8Array): Int32Array {
  return new Int32Array(marks.buffer, marks.byteOffset, Math.floor(marks.length / WORD));
}
