import { expect, test } from 'vitest';

import { matchText } from './match.ts';

test('a part of the text is found, whatever its case', () => {
  expect(matchText('STR', 'w384-strong')?.ranges).toEqual([[5, 8]]);
});

test('the beginning of a word is better than its middle', () => {
  const start = matchText('loss', 'val/loss')?.score ?? 0;
  const middle = matchText('loss', 'glosses!')?.score ?? 0;
  expect(start).toBeGreaterThan(middle);
});

test('letters in order are found when they hang together', () => {
  expect(matchText('grdn', 'train/grad_norm')?.ranges).toEqual([
    [6, 8],
    [9, 10],
    [11, 12],
  ]);
  expect(matchText('xyz', 'train/grad_norm')).toBeUndefined();
});

test('nothing asked matches everything', () => {
  expect(matchText(' ', 'anything')).toEqual({ score: 0, ranges: [] });
});
