import { expect, test } from 'vitest';
import { parseJsonBody } from './json-body.ts';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const parse = (text: string): unknown => parseJsonBody(new TextEncoder().encode(text));

test('sixty-four levels are parsed, one more is refused', () => {
  expect(JSON.stringify(parse(nested(64)))).toBe(nested(64));
  expect(() => parse(nested(65))).toThrow(/nested deeper than 64 levels/);
});

test('levels that are closed again do not add up', () => {
  const text = `[${Array.from({ length: 100 }, () => nested(63)).join(',')}]`;
  expect(JSON.stringify(parse(text))).toBe(text);
});

test.each([
  ['brackets', '['.repeat(100)],
  ['an escaped quote before brackets', `"${'{'.repeat(100)}`],
  ['an escaped backslash at its end', '[[[[\\'],
  ['letters of several bytes', `é🎉${'['.repeat(100)}`],
])('a string may hold %s', (_, text) => {
  expect(parse(JSON.stringify({ [text]: [text] }))).toEqual({ [text]: [text] });
});

test('what follows a string counts', () => {
  expect(() => parse(`["a\\\\",${nested(64)}]`)).toThrow(/nested/);
  expect(() => parse('"never ended \\')).toThrow(/not valid JSON/);
});
