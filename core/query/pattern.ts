// LIKE, ILIKE and RLIKE, all in time linear in the text (RE2's automata): a filter comes from anyone.
// LIKE: the whole text; `%` is any run of characters, `_` any one code point, line breaks included; no escape.
// ILIKE: the same under Unicode simple case folding. RLIKE: RE2 syntax, anywhere in the text, case-sensitive.
import { RE2JS } from 're2js';
import { Fault } from '#core/domain/fault.ts';
import type { Match, PatternOperator } from './syntax.ts';

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
  const flags = RE2JS.DOTALL | (operator === 'ILIKE' ? RE2JS.CASE_INSENSITIVE : 0);
  const shape = pattern
    .split(/([%_])/)
    .map((part) => (part === '%' ? '.*' : part === '_' ? '.' : RE2JS.quote(part)))
    .join('');
  const regex = RE2JS.compile(shape, flags);
  return (text) => regex.testExact(text);
}

function compileRegex(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not understood';
    throw new Fault('invalid', `Invalid regular expression '${pattern}': ${reason}.`, {}, error);
  }
}
