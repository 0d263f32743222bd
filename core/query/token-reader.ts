import type { Fault } from '#core/domain/fault.ts';
import { syntaxFault, tokenise } from './lex.ts';
import type { Token } from './lex.ts';
import type { ResolvedField } from './subject.ts';

/** What a parser looks for at a place: the page completes it. */
export interface Wanted {
  readonly part: 'field' | 'operator' | 'value' | 'junction' | 'nothing';
  /** The field that the operator or value is for. */
  readonly of?: ResolvedField;
}

/** The tokens of one text and a place among them. */
export class TokenReader {
  readonly text: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #wanted: Wanted = { part: 'field' };

  /** @throws Fault `invalid` at what is no token. */
  constructor(text: string) {
    this.text = text;
    this.#tokens = tokenise(text);
  }

  get next(): Token {
    return this.#tokens[this.#at] as Token;
  }

  /** What was looked for last. */
  get wanted(): Wanted {
    return this.#wanted;
  }

  wants(part: Wanted['part'], of?: ResolvedField): void {
    this.#wanted = of ? { part, of } : { part };
  }

  take(): Token {
    const token = this.next;
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }

  /** Takes the keyword or symbol if it comes next. */
  takes(word: string): boolean {
    if (!isWord(this.next, word)) return false;
    this.#at += 1;
    return true;
  }

  /** Takes both keywords if they come next, else none. */
  takesPair(first: string, second: string): boolean {
    const after = this.#tokens[this.#at + 1];
    if (!isWord(this.next, first) || !after || !isWord(after, second)) return false;
    this.#at += 2;
    return true;
  }

  unexpected(expected: string): Fault {
    return syntaxFault(this.text, this.next, expected);
  }
}

function isWord(token: Token, word: string): boolean {
  return (token.kind === 'word' || token.kind === 'symbol') && token.text.toUpperCase() === word;
}
