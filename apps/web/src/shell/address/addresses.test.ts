import { expect, test } from 'vitest';
import { projectOfSegment, projectSegment, runHref } from './addresses.ts';
import { parseSearch, stringifySearch } from './search-params.ts';

test('a slug is decoration behind decimal ids and stands nowhere else', () => {
  expect(projectSegment({ id: '3', slug: 'digits' })).toBe('3-digits');
  expect(projectSegment({ id: '3', slug: '' })).toBe('3');
  expect(projectSegment({ id: 'ab-c', slug: 'digits' })).toBe('ab-c');
  expect(['3-digits', '3', 'ab-c', '3-digits-2'].map(projectOfSegment)).toEqual(['3', '3', 'ab-c', '3']);
  expect(runHref({ id: '3', slug: '数字' }, 7)).toBe('/p/3-%E6%95%B0%E5%AD%97/runs/7');
});

test('a query comes back as it was, and stays readable', () => {
  const search = { q: 'params.`lr` < 1e-3 AND tags.x = "a+b & c"', sel: '1,2', m: '/^val\\//' };
  expect(parseSearch(stringifySearch(search))).toEqual(search);
  expect(stringifySearch({ sel: '1,2', m: '/val/', gone: undefined })).toBe('?sel=1,2&m=/val/');
});
