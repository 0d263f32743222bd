// LIKE, ILIKE and RLIKE, all in time linear in the text (RE2's automata): a filter comes from anyone.
// LIKE: the whole text; `%` is any run of characters, `_` any one code point, line breaks included; no escape.
// ILIKE: the same under Unicode simple case folding. RLIKE: RE2 syntax, anywhere in the text, case-sensitive.
import { RE2JS } from 're2js';
import { Fault } from '#core/domain/fault.ts';
import type { Match, PatternOperator } from './syntax.ts';

const PLAIN_LENGTH = 100;

type Test = (text: string) => boolean;

/** Compiled once a clause, however many subjects it meets. */
const compiled = new WeakMap<Match, Test>();

export function isMatch(clause: Match, text: string): boolean {
  let test = compiled.get(clause);
  if (!test) {
    test = compilePattern(clause.operator, clause.pattern);
    compiled.set(clause, test);
  }
  return test(text);
}

/** @throws Fault `invalid` when RLIKE's pattern is no regular expression of RE2. */
export function compilePattern(operator: PatternOperator, pattern: string): Test {
  if (operator === 'RLIKE') {
    const regex = compileRegex(pattern);
    return (text) => regex.test(text);
  }
  const parts = pattern.split('%');
  // Texts are looked for by the engine itself, far faster; only short ones, so that the time stays linear in the text.
  const isPlain = operator === 'LIKE' && pattern.length <= PLAIN_LENGTH && !/[_\p{Cs}]/u.test(pattern);
  if (isPlain) return (text) => hasParts(text, parts);
  const flags = RE2JS.DOTALL | (operator === 'ILIKE' ? RE2JS.CASE_INSENSITIVE : 0);
  const shape = pattern
    .split(/([%_])/)
    .map((part) => (part === '%' ? '.*' : part === '_' ? '.' : RE2JS.quote(part)))
    .join('');
  const regex = RE2JS.compile(shape, flags);
  return (text) => regex.testExact(text);
}

/** Whether the text is the parts in their order, with anything between them. */
function hasParts(text: string, parts: readonly string[]): boolean {
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length && text.endsWith(last);
}

function compileRegex(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not understood';
    throw new Fault('invalid', `Invalid regular expression '${pattern}': ${reason}.`, {}, error);
  }
}
