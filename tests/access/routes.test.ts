import { beforeAll, expect, test } from 'vitest';
import { OUTCOMES, UNSPOKEN } from './outcomes.ts';
import { isUnspoken, rowOf, walkRoutes, type Walk } from './walk-routes.ts';

let walk: Walk;
beforeAll(async () => {
  walk = await walkRoutes();
}, 300_000);

test('every route answers every role as the table says', () => {
  const expected = new Map(
    [...walk.outcomes.keys()].map((route) => {
      const [method = '', url = ''] = route.split(' ');
      return [route, isUnspoken(url) ? UNSPOKEN : OUTCOMES[rowOf(method, url)]];
    }),
  );
  expect(walk.outcomes).toEqual(expected);
});

test('every route has a request and a row, and every row a route', () => {
  expect(walk.unknown).toEqual([]);
  const walked = new Set(
    [...walk.outcomes.keys()].map((route) => {
      const [method = '', url = ''] = route.split(' ');
      return rowOf(method, url);
    }),
  );
  expect(Object.keys(OUTCOMES).filter((row) => !walked.has(row))).toEqual([]);
  expect(walk.outcomes.size).toBeGreaterThan(150);
});

test('no answer holds a word of a project that its reader may not see', () => {
  expect(walk.leaks).toEqual([]);
  // Not for want of answers that hold one.
  expect(walk.showing).toBeGreaterThan(60);
});
