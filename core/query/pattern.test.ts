import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern } from './pattern.ts';
import type { PatternOperator } from './syntax.ts';

const fits = (text: string, operator: PatternOperator, pattern: string) =>
  compilePattern(operator, pattern)(text);

test.each<[PatternOperator, string, string, boolean]>([
  ['LIKE', 'resnet', 'resnet', true],
  ['LIKE', 'resnet', 'Resnet', false],
  ['LIKE', 'resnet', 'res', false],
  ['LIKE', 'resnet', 'res%', true],
  ['LIKE', 'resnet', '%net', true],
  ['LIKE', 'resnet', '%sn%', true],
  ['LIKE', 'resnet', 'r_s%t', true],
  ['LIKE', 'resnet', '_', false],
  ['LIKE', '', '%', true],
  ['LIKE', '', '', true],
  ['LIKE', '', '_', false],
  ['LIKE', 'a\nb', 'a%b', true],
  ['LIKE', 'a\nb', 'a_b', true],
  ['LIKE', 'a\n', 'a', false],
  ['LIKE', '😀', '_', true],
  ['LIKE', 'a.c', 'a.c', true],
  ['LIKE', 'abc', 'a.c', false],
  ['LIKE', '(a+)*[b]^$|\\E', '(a+)*[b]^$|\\E', true],
  ['LIKE', 'a%', 'a\\%', false],
  ['ILIKE', 'ResNet', 'rEs%', true],
  ['ILIKE', 'ÄÖ', 'äö', true],
  ['ILIKE', 'Модель', '%МОД%', true],
  ['RLIKE', 'resnet-50', '\\d+$', true],
  ['RLIKE', 'resnet-50', '^\\d', false],
  ['RLIKE', 'ResNet', 'resnet', false],
  ['RLIKE', 'ResNet', '(?i)resnet', true],
])('%s: %j under %j is %s', (operator, text, pattern, expected) => {
  expect(fits(text, operator, pattern)).toBe(expected);
});

/** The textbook recursion over code points. */
function isLike(text: readonly string[], pattern: readonly string[]): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return text.length === 0;
  if (head === '%') return isLike(text, rest) || (text.length > 0 && isLike(text.slice(1), pattern));
  return text.length > 0 && (head === '_' || head === text[0]) && isLike(text.slice(1), rest);
}

test('LIKE equals the textbook recursion', () => {
  const letters = fc.string({
    unit: fc.constantFrom('a', 'b', '.', '\n', '😀', '%', '_', '\\'),
    maxLength: 8,
  });
  fc.assert(
    fc.property(letters, letters, (text, pattern) => {
      expect(fits(text, 'LIKE', pattern)).toBe(isLike(Array.from(text), Array.from(pattern)));
    }),
    { numRuns: 1000 },
  );
});

test('patterns that take a backtracking engine for ever come back', () => {
  const text = `${'a'.repeat(50_000)}b`;
  expect(fits(text, 'RLIKE', '(a+)+$')).toBe(false);
  expect(fits(text, 'RLIKE', '^(a|aa)+$')).toBe(false);
  expect(fits(text, 'LIKE', `${'%a'.repeat(30)}%c`)).toBe(false);
});
