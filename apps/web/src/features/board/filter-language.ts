// The filter language in the page: loaded when somebody first types a filter, because it brings its own regular
// expressions along. What it says is what the server says: it is the same code.
import { Fault } from '#core/domain/fault.ts';
import { complete, type Completion } from '#core/query/complete.ts';
import { tokenise } from '#core/query/lex.ts';
import { parseRunFilter, RUN_VOCABULARY } from '#core/query/subjects/run.ts';

export interface FilterMistake {
  readonly message: string;
  readonly position: number;
}

export function mistakeIn(text: string): FilterMistake | undefined {
  try {
    parseRunFilter(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { message: error.message, position: error.details.position ?? 0 };
  }
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
