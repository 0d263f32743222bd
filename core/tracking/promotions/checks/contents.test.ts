import { expect, test } from 'vitest';
import { fitsGlob } from './contents.ts';

test.each([
  ['report.html', 'report.html', true],
  ['report.html', '*.html', true],
  ['a/report.html', '*.html', false],
  ['a/report.html', 'a/*.html', true],
  ['a/b/report.html', 'a/*.html', false],
  ['a/b/report.html', '**/report.html', true],
  ['report.html', '**report.html', true],
  ['a/b/c', 'a/**', true],
  ['a.b', 'a?b', false],
  ['', '*', true],
])('%s fits %s: %s', (path, glob, fits) => {
  expect(fitsGlob(path, glob)).toBe(fits);
});

test('a glob of many stars takes no more than the product of the lengths', () => {
  expect(fitsGlob('a'.repeat(2000), `${'*a'.repeat(100)}b`)).toBe(false);
});
