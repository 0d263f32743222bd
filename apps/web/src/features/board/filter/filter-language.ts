// The filter language in the page: loaded when somebody first types a filter, because it brings its own regular
// expressions along. What it says is what the server says: it is the same code.
import { complete, type Completion } from '#core/query/complete.ts';
import { tokenise } from '#core/query/lex.ts';
import { mistakeIn as firstMistake, type FilterMistake } from '#core/query/mistake.ts';
import { parseFilter } from '#core/query/parse.ts';
import { printField } from '#core/query/print.ts';
import type { Field, Filter } from '#core/query/syntax.ts';
import { RUN_VOCABULARY } from '#core/query/subjects/run.ts';

export function mistakeIn(text: string): FilterMistake | undefined {
  return firstMistake(text, RUN_VOCABULARY);
}

export interface FieldNames {
  readonly metrics: readonly string[];
  readonly params: readonly string[];
  readonly tags: readonly string[];
}

export function completionsFor(text: string, cursor: number, names: FieldNames): Completion {
  return complete(text, cursor, RUN_VOCABULARY, {
    metric: names.metrics,
    param: names.params,
    tag: names.tags,
  });
}

/** Metrics, params and tags that a filter asks for and that no run of the project has: `metrics.val/los`. */
export function unknownNames(text: string, names: FieldNames): string[] {
  const known = { metric: names.metrics, param: names.params, tag: names.tags };
  return fieldsOf(parseFilter(text, RUN_VOCABULARY)).flatMap((field) =>
    (field.entity === 'metric' || field.entity === 'param' || field.entity === 'tag') &&
    !known[field.entity].includes(field.key)
      ? [printField(field)]
      : [],
  );
}

function fieldsOf(filter: Filter): Field[] {
  switch (filter.kind) {
    case 'all':
      return [];
    case 'and':
    case 'or':
      return filter.terms.flatMap(fieldsOf);
    case 'not':
      return fieldsOf(filter.term);
    case 'compare':
    case 'in':
    case 'match':
    case 'null':
    default:
      return [filter.field];
  }
}

export interface Piece {
  readonly kind: 'field' | 'plain';
  readonly start: number;
  readonly end: number;
}

/** The fields of a filter, for their colour; nothing where the text is no filter yet. */
export function fieldsIn(text: string): readonly Piece[] {
  try {
    return tokenise(text).flatMap((token) =>
      token.kind === 'field' ? [{ kind: 'field' as const, start: token.start, end: token.end }] : [],
    );
  } catch {
    return [];
  }
}
