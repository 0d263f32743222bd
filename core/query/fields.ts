import { printField } from './print.ts';
import type { Field, Filter, OrderTerm } from './syntax.ts';

/** Every field that a filter and an order ask, once each. */
export function fieldsOf(filter: Filter, order: readonly OrderTerm[]): readonly Field[] {
  const fields = [...fieldsOfFilter(filter), ...order.map(({ field }) => field)];
  return [...new Map(fields.map((field) => [printField(field), field])).values()];
}

function fieldsOfFilter(filter: Filter): readonly Field[] {
  if (filter.kind === 'all') return [];
  if (filter.kind === 'and' || filter.kind === 'or') return filter.terms.flatMap(fieldsOfFilter);
  return filter.kind === 'not' ? fieldsOfFilter(filter.term) : [filter.field];
}
