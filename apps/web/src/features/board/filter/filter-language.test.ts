import { expect, test } from 'vitest';
import { unknownNames } from './filter-language.ts';

const NAMES = { metrics: ['val/loss', 'loss'], params: ['lr'], tags: ['team'] };

test('names that no run has are told apart from those that some have', () => {
  expect(unknownNames('metrics.loss < 1 AND params.lr = 2', NAMES)).toEqual([]);
  expect(unknownNames('metrics.`val/los` < 1 OR NOT (params.wd IS NULL AND tags.team = "a")', NAMES)).toEqual(
    ['metrics.val/los', 'params.wd'],
  );
});

test('what every run has is never unknown', () => {
  expect(unknownNames('status = "finished" AND number > 3', NAMES)).toEqual([]);
  expect(unknownNames('', NAMES)).toEqual([]);
});
