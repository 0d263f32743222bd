// The meaning of filters, for ever: column engines and SQL are tested against this.
// A clause asks the values of a field, and holds when any value satisfies it; without a value only IS NULL holds, so
// `!=`, NOT IN and NOT LIKE are false on what is missing. NOT, AND, OR are plain Boolean: there is no third truth.
// Two numbers compare as doubles (NaN is only `!=`), two texts by UTF-16 code units. A text meets a number as the
// number it spells in decimal; spelling none, it is unequal to it and neither less nor greater.
import { isMatch } from './pattern.ts';
import type { Reading } from './subject.ts';
import type { Clause, Comparator, Field, Filter, Literal } from './syntax.ts';

/** Whether a subject, seen through `read`, is one that the filter asks for. */
export function matches(filter: Filter, read: (field: Field) => Reading): boolean {
  if (filter.kind === 'all') return true;
  if (filter.kind === 'and') return filter.terms.every((term) => matches(term, read));
  if (filter.kind === 'or') return filter.terms.some((term) => matches(term, read));
  if (filter.kind === 'not') return !matches(filter.term, read);
  return holds(filter, read(filter.field));
}

/** Whether what a field says satisfies a clause. */
export function holds(clause: Clause, reading: Reading): boolean {
  if (reading === undefined) return clause.kind === 'null' && !clause.negated;
  if (typeof reading !== 'object') return satisfies(clause, reading);
  if (clause.kind === 'null') return (reading.length === 0) !== clause.negated;
  return reading.some((value) => satisfies(clause, value));
}

function satisfies(clause: Clause, value: string | number): boolean {
  if (clause.kind === 'compare') return compares(value, clause.comparator, clause.value);
  if (clause.kind === 'match') return isMatch(clause, String(value)) !== clause.negated;
  if (clause.kind === 'null') return clause.negated;
  return clause.values.some((wanted) => compares(value, '=', wanted)) !== clause.negated;
}

const COMPARES: Readonly<Record<Comparator, (value: Literal, wanted: Literal) => boolean>> = {
  '=': (value, wanted) => value === wanted,
  '!=': (value, wanted) => value !== wanted,
  '<': (value, wanted) => value < wanted,
  '<=': (value, wanted) => value <= wanted,
  '>': (value, wanted) => value > wanted,
  '>=': (value, wanted) => value >= wanted,
};

function compares(value: Literal, comparator: Comparator, wanted: Literal): boolean {
  const isSpelled = typeof value === 'string' && typeof wanted === 'number';
  return COMPARES[comparator](isSpelled ? (spelledNumber(value) ?? NaN) : value, wanted);
}

const DECIMAL = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

/** The finite number that a text spells in decimal, as Python and JSON write it; no hexadecimal, `nan` or `inf`. */
export function spelledNumber(text: string): number | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
