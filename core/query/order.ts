// Order of search results, as MLflow's `order_by`: a field, then ASC or DESC in any case; ascending unless said.
// In both directions NaN comes after all other values and what is missing after NaN. Numbers come before texts,
// and a `scalar` (a param, a decimal id) is a number when it spells one, so that 9 comes before 10.
import { Fault } from '#core/domain/fault.ts';
import { spelledNumber } from './evaluate.ts';
import { takeField } from './parse.ts';
import { printField } from './print.ts';
import { readField, typeOf } from './subject.ts';
import type { Reading, Vocabulary } from './subject.ts';
import { TokenReader } from './token-reader.ts';
import type { OrderTerm } from './syntax.ts';

/** @throws Fault `invalid` when one is not understood, with the position in it, or a field comes twice. */
export function parseOrder(texts: readonly string[], vocabulary: Vocabulary<never>): OrderTerm[] {
  const terms = texts.map((text) => parseTerm(text, vocabulary));
  const seen = new Set<string>();
  for (const { field } of terms) {
    const name = printField(field);
    if (seen.has(name)) {
      throw new Fault('invalid', `\`order_by\` contains duplicate fields: ${name}.`, { field: 'order' });
    }
    seen.add(name);
  }
  return terms;
}

/** Compares by the terms, first to last; 0 when they all say so. */
export function compareBy<Subject>(
  terms: readonly OrderTerm[],
  vocabulary: Vocabulary<Subject>,
): (a: Subject, b: Subject) => number {
  const steps = terms.map(({ field, direction }) => {
    const isScalar = typeOf(vocabulary, field) === 'scalar';
    const read = (subject: Subject) => sortable(readField(vocabulary, subject, field), isScalar);
    return (a: Subject, b: Subject) => compareValues(read(a), read(b), direction);
  });
  return (a, b) => {
    for (const step of steps) {
      const order = step(a, b);
      if (order !== 0) return order;
    }
    return 0;
  };
}

function parseTerm(text: string, vocabulary: Vocabulary<never>): OrderTerm {
  try {
    const reader = new TokenReader(text);
    const { field } = takeField(reader, vocabulary);
    if (field.entity === 'dataset') {
      throw new Fault('invalid', `Invalid order_by entity type 'dataset'.`, { position: 0 });
    }
    const direction = reader.takes('DESC') ? 'descending' : 'ascending';
    if (direction === 'ascending') reader.takes('ASC');
    if (reader.next.kind !== 'end') throw reader.unexpected('ASC, DESC or the end');
    return { field, direction };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const message = error.message.replace('Invalid clause(s) in filter string: ', '');
    throw new Fault('invalid', `Invalid order_by clause '${text}'. ${message}`, {
      ...error.details,
      field: 'order',
    });
  }
}

/** The one value to sort by: of several, the first. */
export function sortable(reading: Reading, isScalar: boolean): string | number | undefined {
  const value = typeof reading === 'object' ? reading[0] : reading;
  return isScalar && typeof value === 'string' ? (spelledNumber(value) ?? value) : value;
}

/** Compares what `sortable` gave; 0 when they are equal in rank. */
export function compareValues(
  a: string | number | undefined,
  b: string | number | undefined,
  direction: OrderTerm['direction'],
): number {
  const rank = emptiness(a) - emptiness(b);
  if (rank !== 0 || a === undefined || b === undefined || a === b || emptiness(a) > 0) return rank;
  const isNumber = typeof a === 'number';
  const order = isNumber === (typeof b === 'number') ? (a < b ? -1 : 1) : isNumber ? -1 : 1;
  return direction === 'ascending' ? order : -order;
}

/** 0 a value, 1 NaN, 2 missing. */
function emptiness(value: string | number | undefined): number {
  if (value === undefined) return 2;
  return Number.isNaN(value) ? 1 : 0;
}
