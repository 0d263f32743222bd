import { expect, test } from 'vitest';
import { groupMetrics, isOpenByItself, metricFilter } from './metric-groups.ts';

test('metrics stand in groups by their first prefix, validation first and the machine last', () => {
  const groups = groupMetrics(['system/cpu', 'loss', 'train/loss', 'val/acc', 'grad/l10', 'grad/l9']);
  expect(groups.map(({ prefix, metrics }) => [prefix, ...metrics])).toEqual([
    ['val', 'val/acc'],
    ['train', 'train/loss'],
    ['', 'loss'],
    ['grad', 'grad/l9', 'grad/l10'],
    ['system', 'system/cpu'],
  ]);
});

test('a large group starts closed', () => {
  const grad = groupMetrics(Array.from({ length: 9 }, (_, i) => `grad/${i}`));
  expect(grad.map(isOpenByItself)).toEqual([false]);
});

test('a metric is found by part, by letters in order, or by a pattern', () => {
  const names = ['val/loss', 'val/acc', 'train/loss'];
  const found = (query: string): string[] => names.filter(metricFilter(query) ?? (() => false));
  expect(found('LOSS')).toEqual(['val/loss', 'train/loss']);
  expect(found('vloss')).toEqual(['val/loss']);
  expect(found('/^(val|x)\\//')).toEqual(['val/loss', 'val/acc']);
  expect(found('')).toEqual(names);
});

test('an unfinished pattern is no filter', () => {
  expect(metricFilter('/(val')).toBeUndefined();
});
