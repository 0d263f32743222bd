import { ENTITY_WORDS } from './subject.ts';
import type { Clause, Condition, Field, Filter, Literal, OrderTerm } from './syntax.ts';

/** The one text of a filter, with no more parentheses than it needs. Parsing it gives the same filter. */
export function printFilter(filter: Filter): string {
  return filter.kind === 'all' ? '' : printCondition(filter);
}

/** The one text of an order's term; ascending is said, too. */
export function printOrderTerm({ field, direction }: OrderTerm): string {
  return `${printField(field)} ${direction === 'ascending' ? 'ASC' : 'DESC'}`;
}

/** A field as it is written in filters. Attributes stand bare. */
export function printField({ entity, key }: Field): string {
  if (entity === 'attribute') return key;
  const isPlain = /^[\p{L}\p{N}\p{M}\p{Pc}\-./:$@]+$/u.test(key);
  return `${ENTITY_WORDS[entity][0]}.${isPlain ? key : quoted(key, ['`', '"', "'"])}`;
}

function printCondition(condition: Condition): string {
  if (condition.kind === 'or') return condition.terms.map(printCondition).join(' OR ');
  if (condition.kind === 'and') return condition.terms.map(printTerm).join(' AND ');
  if (condition.kind !== 'not') return printClause(condition);
  const { term } = condition;
  return `NOT ${term.kind === 'and' ? inParentheses(term) : printTerm(term)}`;
}

/** A term where an OR would be torn apart. */
function printTerm(condition: Condition): string {
  return condition.kind === 'or' ? inParentheses(condition) : printCondition(condition);
}

function inParentheses(condition: Condition): string {
  return `(${printCondition(condition)})`;
}

function printClause(clause: Clause): string {
  const field = printField(clause.field);
  if (clause.kind === 'compare') return `${field} ${clause.comparator} ${printLiteral(clause.value)}`;
  if (clause.kind === 'null') return `${field} IS ${clause.negated ? 'NOT NULL' : 'NULL'}`;
  const not = clause.negated ? 'NOT ' : '';
  if (clause.kind === 'match') return `${field} ${not}${clause.operator} ${printLiteral(clause.pattern)}`;
  return `${field} ${not}IN (${clause.values.map(printLiteral).join(', ')})`;
}

/** A value as it is written in filters. */
export function printLiteral(value: Literal): string {
  if (typeof value === 'string') return quoted(value, ["'", '"']);
  return Object.is(value, -0) ? '-0' : String(value);
}

/** In the first quote that the text does not hold; when it holds all, as `E'…'`. */
function quoted(text: string, quotes: readonly string[]): string {
  const quote = quotes.find((candidate) => !text.includes(candidate));
  return quote === undefined ? `E'${text.replaceAll(/[\\']/g, '\\$&')}'` : `${quote}${text}${quote}`;
}
