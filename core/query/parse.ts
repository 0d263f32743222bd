// condition = conjunction { OR conjunction }          conjunction = term { AND term }
// term = NOT term | "(" condition ")" | clause        clause = field question
// question = comparator value | [NOT] (LIKE | ILIKE | RLIKE) string | [NOT] IN "(" value { "," value } [","] ")"
//          | IS [NOT] NULL                            Keywords in any case; an AND at the very end is tolerated.
// A superset of MLflow's filters (`mlflow.utils.search_utils`), whose wording the messages keep where it has one.
import { Fault } from '#core/domain/fault.ts';
import { compilePattern } from './pattern.ts';
import { resolveEntity, resolveKey } from './subject.ts';
import type { ResolvedField, Vocabulary } from './subject.ts';
import { TokenReader } from './token-reader.ts';
import { COMPARATORS, PATTERN_OPERATORS } from './syntax.ts';
import type { Clause, Comparator, Condition, Filter, Junction, Literal, PatternOperator } from './syntax.ts';

const NESTING_LIMIT = 100;
/** Words that are a key only in quotes or behind an entity. */
const KEYWORDS = new Set(['AND', 'OR', 'NOT', 'IN', 'IS', 'NULL', 'ASC', 'DESC', ...PATTERN_OPERATORS]);

/** Empty means all. @throws Fault `invalid` with the zero-based position of what was not expected. */
export function parseFilter(text: string, vocabulary: Vocabulary<never>): Filter {
  if (text === '') return { kind: 'all' };
  return readFilter(new TokenReader(text), vocabulary);
}

/** All that the reader has; `reader.wanted` tells afterwards, also after a fault, what was looked for last. */
export function readFilter(reader: TokenReader, vocabulary: Vocabulary<never>): Condition {
  const condition = readCondition(reader, vocabulary, 0);
  if (reader.next.kind !== 'end') throw reader.unexpected('AND, OR or the end');
  return condition;
}

/** The field at the reader. @throws Fault `invalid` when the search does not know it. */
export function takeField(reader: TokenReader, vocabulary: Vocabulary<never>): ResolvedField {
  reader.wants('field');
  const token = reader.next;
  if (token.kind === 'field') {
    reader.take();
    const entity = resolveEntity(vocabulary, token.entity, token.start);
    return resolveKey(vocabulary, { entity, key: token.key }, token.keyStart);
  }
  if ((token.kind === 'word' && !isKeyword(token.text)) || token.kind === 'text') {
    reader.take();
    return resolveKey(vocabulary, { entity: 'attribute', key: token.text }, token.start);
  }
  throw reader.unexpected('a field such as metrics.loss or status');
}

function readCondition(reader: TokenReader, vocabulary: Vocabulary<never>, depth: number): Condition {
  const terms = [readConjunction(reader, vocabulary, depth)];
  while (reader.takes('OR')) terms.push(readConjunction(reader, vocabulary, depth));
  return joined('or', terms);
}

function readConjunction(reader: TokenReader, vocabulary: Vocabulary<never>, depth: number): Condition {
  const terms = [readTerm(reader, vocabulary, depth)];
  while (reader.takes('AND')) {
    reader.wants('field');
    if (reader.next.kind === 'end' && depth === 0) break;
    terms.push(readTerm(reader, vocabulary, depth));
  }
  return joined('and', terms);
}

function joined(kind: 'and' | 'or', terms: readonly Condition[]): Condition {
  const [first, ...others] = terms.flatMap((term) =>
    term.kind === kind ? (term as Junction<'and' | 'or'>).terms : [term],
  );
  return others.length === 0 ? (first as Condition) : { kind, terms: [first as Condition, ...others] };
}

function readTerm(reader: TokenReader, vocabulary: Vocabulary<never>, depth: number): Condition {
  if (depth === NESTING_LIMIT) {
    throw reader.unexpected(`at most ${NESTING_LIMIT} parentheses and NOTs inside each other`);
  }
  if (reader.takes('NOT')) return { kind: 'not', term: readTerm(reader, vocabulary, depth + 1) };
  if (!reader.takes('(')) {
    const clause = readClause(reader, vocabulary);
    reader.wants('junction');
    return clause;
  }
  const condition = readCondition(reader, vocabulary, depth + 1);
  if (!reader.takes(')')) throw reader.unexpected("AND, OR or ')'");
  reader.wants('junction');
  return condition;
}

function readClause(reader: TokenReader, vocabulary: Vocabulary<never>): Clause {
  const resolved = takeField(reader, vocabulary);
  const { field } = resolved;
  reader.wants('operator', resolved);
  const comparator = COMPARATORS.find((symbol) => reader.takes(symbol));
  if (comparator) return { kind: 'compare', field, comparator, value: readValue(reader, resolved) };
  if (reader.takes('IS')) {
    reader.wants('nothing');
    const negated = reader.takes('NOT');
    if (!reader.takes('NULL')) throw reader.unexpected(negated ? 'NULL' : 'NULL or NOT NULL');
    return { kind: 'null', field, negated };
  }
  const start = reader.next.start;
  const isNegatedIn = reader.takesPair('NOT', 'IN');
  if (isNegatedIn || reader.takes('IN')) {
    return { kind: 'in', field, negated: isNegatedIn, values: readList(reader, resolved) };
  }
  for (const operator of PATTERN_OPERATORS) {
    const negated = reader.takesPair('NOT', operator);
    if (negated || reader.takes(operator)) {
      if (resolved.type === 'number') throw invalidComparator(resolved, operator, start);
      return { kind: 'match', field, negated, operator, pattern: readPattern(reader, resolved, operator) };
    }
  }
  throw reader.unexpected('one of = != < <= > >= LIKE ILIKE RLIKE IN, NOT IN, IS NULL');
}

function readList(reader: TokenReader, resolved: ResolvedField): Literal[] {
  if (!reader.takes('(')) throw reader.unexpected("'(' and a list of values");
  const values = [readValue(reader, resolved)];
  while (reader.takes(',')) {
    if (reader.takes(')')) return values;
    values.push(readValue(reader, resolved));
  }
  reader.wants('nothing');
  if (!reader.takes(')')) throw reader.unexpected("',' or ')'");
  return values;
}

function readValue(reader: TokenReader, resolved: ResolvedField): Literal {
  reader.wants('value', resolved);
  const token = reader.next;
  if (token.kind === 'number' && resolved.type !== 'text') {
    reader.take();
    return token.value;
  }
  if (token.kind === 'text' && token.quote !== '`' && resolved.type !== 'number') {
    reader.take();
    return resolved.spelling?.(token.text) ?? token.text;
  }
  throw wrongValue(reader, resolved);
}

function readPattern(reader: TokenReader, resolved: ResolvedField, operator: PatternOperator): string {
  reader.wants('nothing');
  const token = reader.next;
  if (token.kind !== 'text' || token.quote === '`') throw wrongValue(reader, { ...resolved, type: 'text' });
  reader.take();
  if (operator !== 'RLIKE') return resolved.spelling?.(token.text) ?? token.text;
  try {
    compilePattern(operator, token.text);
  } catch (error) {
    if (error instanceof Fault) {
      throw new Fault('invalid', error.message, { position: token.start }, error);
    }
    throw error;
  }
  return resolved.spelling && !token.text.startsWith('(?i)') ? `(?i)${token.text}` : token.text;
}

function wrongValue(reader: TokenReader, { field, type }: ResolvedField): Fault {
  const token = reader.next;
  const isValue = token.kind === 'number' || token.kind === 'text';
  const found = reader.text.slice(token.start, token.end);
  if (!isValue || type === 'scalar') {
    const expected = { number: 'a number', text: 'a quoted string', scalar: 'a number or a quoted string' };
    return reader.unexpected(`${expected[type]} for ${field.entity} '${field.key}'`);
  }
  const wanted =
    type === 'text'
      ? `Expected a quoted string value for ${field.entity} '${field.key}' (e.g. 'my-value'). Got value ${found}`
      : `Expected numeric value type for ${field.entity} '${field.key}'. Found ${found}`;
  return new Fault('invalid', `${wanted} (position ${token.start}).`, { position: token.start });
}

function invalidComparator({ field }: ResolvedField, operator: string, position: number): Fault {
  const valid: readonly Comparator[] = COMPARATORS;
  return new Fault(
    'invalid',
    `Invalid comparator '${operator}' for ${field.entity} '${field.key}': not one of ${valid.join(' ')} IN, NOT IN, IS NULL (position ${position}).`,
    { position },
  );
}

function isKeyword(word: string): boolean {
  return KEYWORDS.has(word.toUpperCase());
}
