// Words of the filter language. A superset of what MLflow's parsers accept as identifiers and values: a bare key may
// hold all characters of a name but the space; `E'…'` (as in PostgreSQL, with \ before any character) can say strings
// that hold every kind of quote. In the other quotes nothing is an escape, and a doubled quote stays two characters.
import { Fault } from '#core/domain/fault.ts';

interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export type Token = Span &
  (
    | { readonly kind: 'word'; readonly text: string }
    | { readonly kind: 'field'; readonly entity: string; readonly key: string; readonly keyStart: number }
    | { readonly kind: 'text'; readonly text: string; readonly quote: string }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'symbol'; readonly text: string }
    | { readonly kind: 'end' }
  );

const SPACE = /\s+/y;
const NUMBER = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}\p{N}\p{Pc}.])/uy;
const SYMBOL = /<=|>=|!=|[<>=(),]/y;
/** Up to the first dot, where the entity ends. */
const WORD = /[\p{L}\p{Pc}][\p{L}\p{N}\p{M}\p{Pc}\-/:$@]*/uy;
const BARE_KEY = /[\p{L}\p{N}\p{M}\p{Pc}\-./:$@]+/uy;
const QUOTED = /`(?:``|[^`])*`|"(?:""|[^"])*"|'(?:''|[^'])*'/y;
const ESCAPED = /[eE]'(?:\\[^]|[^\\'])*'/y;

/** All tokens, the last of kind `end`. @throws Fault `invalid` at what is no token. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += matchAt(SPACE, text, at)?.length ?? 0;
    const token = tokenAt(text, at);
    tokens.push(token);
    if (token.kind === 'end') return tokens;
    at = token.end;
  }
}

/** `expected` is a noun phrase. */
export function syntaxFault(text: string, token: Span & { kind: string }, expected: string): Fault {
  const found = token.kind === 'end' ? 'the end' : `'${text.slice(token.start, token.end)}'`;
  return new Fault(
    'invalid',
    `Invalid clause(s) in filter string: expected ${expected}, found ${found} at position ${token.start}.`,
    { position: token.start },
  );
}

function tokenAt(text: string, start: number): Token {
  if (start === text.length) return { kind: 'end', start, end: start };
  const number = matchAt(NUMBER, text, start);
  if (number !== undefined) return numberToken(number, start);
  const symbol = matchAt(SYMBOL, text, start);
  if (symbol !== undefined) return { kind: 'symbol', text: symbol, start, end: start + symbol.length };
  const quoted = quotedAt(text, start);
  if (quoted) return text[quoted.end] === '.' ? fieldToken(text, quoted) : { kind: 'text', ...quoted };
  const word = matchAt(WORD, text, start);
  if (word === undefined) {
    const character = String.fromCodePoint(text.codePointAt(start) as number);
    throw syntaxFault(
      text,
      { kind: 'symbol', start, end: start + character.length },
      'a name, a value or an operator',
    );
  }
  const end = start + word.length;
  if (text[end] === '.') return fieldToken(text, { text: word, start, end });
  return { kind: 'word', text: word, start, end };
}

function numberToken(digits: string, start: number): Token {
  const value = Number(digits);
  if (!Number.isFinite(value)) {
    throw new Fault(
      'invalid',
      `Invalid clause(s) in filter string: ${digits} at position ${start} is beyond the range of numbers.`,
      { position: start },
    );
  }
  return { kind: 'number', value, start, end: start + digits.length };
}

function fieldToken(text: string, entity: Span & { readonly text: string }): Token {
  const keyStart = entity.end + 1;
  const quoted = quotedAt(text, keyStart);
  const key = quoted?.text ?? matchAt(BARE_KEY, text, keyStart);
  if (key === undefined) {
    const nothing = { kind: keyStart === text.length ? 'end' : 'symbol', start: keyStart, end: keyStart + 1 };
    throw syntaxFault(text, nothing, `a key after '${text.slice(entity.start, keyStart)}'`);
  }
  const end = quoted?.end ?? keyStart + key.length;
  return { kind: 'field', entity: entity.text, key, keyStart, start: entity.start, end };
}

function quotedAt(text: string, start: number): (Span & { text: string; quote: string }) | undefined {
  const escaped = matchAt(ESCAPED, text, start);
  if (escaped !== undefined) {
    const inner = escaped.slice(2, -1).replaceAll(/\\([^])/g, '$1');
    return { text: inner, quote: 'E', start, end: start + escaped.length };
  }
  const quoted = matchAt(QUOTED, text, start);
  if (quoted !== undefined) {
    return { text: quoted.slice(1, -1), quote: quoted.charAt(0), start, end: start + quoted.length };
  }
  if (!/^(?:["'`]|[eE]')/.test(text.slice(start, start + 2))) return undefined;
  throw new Fault(
    'invalid',
    `Invalid clause(s) in filter string: the quote that opens at position ${start} is never closed.`,
    { position: start },
  );
}

function matchAt(shape: RegExp, text: string, at: number): string | undefined {
  shape.lastIndex = at;
  return shape.exec(text)?.[0];
}
