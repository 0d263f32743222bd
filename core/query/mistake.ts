import { Fault } from '#core/domain/fault.ts';
import { parseFilter } from './parse.ts';
import type { Vocabulary } from './subject.ts';

/** What is wrong with a filter, and where: a zero-based offset in its text. */
export interface FilterMistake {
  readonly message: string;
  readonly position: number;
}

/** The first mistake of a text, or undefined when it is a filter: for those who show it rather than refuse a request. */
export function mistakeIn(text: string, vocabulary: Vocabulary<never>): FilterMistake | undefined {
  try {
    parseFilter(text, vocabulary);
    return undefined;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { message: error.message, position: error.details.position ?? 0 };
  }
}
