import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageAfter } from './page.ts';

const idOf = (item: string): string => item;
const page = (found: readonly string[], cursor?: string) => pageAfter(found, { limit: 2, cursor, idOf });

test('following the cursors gives every item once, and the last page has none', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string()), fc.integer({ min: 1, max: 5 }), (found, limit) => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const next = pageAfter(found, { limit, cursor, idOf });
        expect(next.total).toBe(found.length);
        seen.push(...next.items);
        cursor = next.cursor;
      } while (cursor !== undefined);
      expect(seen).toEqual(found);
    }),
  );
});

test('an item inserted before the page repeats nothing', () => {
  const { cursor } = page(['b', 'c', 'd', 'e']);
  expect(page(['a', 'b', 'c', 'd', 'e'], cursor).items).toEqual(['d', 'e']);
});

test('an item deleted before the page skips nothing', () => {
  const { cursor } = page(['a', 'b', 'c', 'd']);
  expect(page(['b', 'c', 'd'], cursor).items).toEqual(['c', 'd']);
});

test('when the last item given is gone the next page begins where it stood', () => {
  const { cursor } = page(['a', 'b', 'c', 'd']);
  expect(page(['a', 'c', 'd'], cursor).items).toEqual(['c', 'd']);
  expect(page([], cursor)).toEqual({ items: [], total: 0 });
});

test.each([
  'x',
  '7',
  'WyJhIiwxXQ==',
  btoa('[-1,"a"]'),
  btoa('[1.5,"a"]'),
  btoa('[1]'),
  btoa('{"offset":2}'),
  '💥',
  '%',
])('the foreign token %j is refused', (cursor) => {
  expect(() => page(['a', 'b', 'c'], cursor)).toThrow('Invalid page token');
});

test('a cursor is good for the query that it was given for', () => {
  const found = ['a', 'b', 'c'];
  const ask = { limit: 2, idOf, query: "name = 'x'" };
  const { cursor } = pageAfter(found, ask);
  expect(pageAfter(found, { ...ask, cursor }).items).toEqual(['c']);
  for (const query of ["name = 'y'", '']) {
    expect(() => pageAfter(found, { ...ask, cursor, query })).toThrow('of another search');
  }
  expect(() => pageAfter(found, { ...ask, cursor: page(found).cursor })).toThrow('of another search');
});
