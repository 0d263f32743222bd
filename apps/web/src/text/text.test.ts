import { expect, test } from 'vitest';
import { en } from './en.ts';
import { bytes, decimalsOf, fixed } from './numbers.ts';
import { duration, age } from './times.ts';
import { t } from './translate.ts';
import { en as datasetsEn } from './datasets/en.ts';
import { zh as datasetsZh } from './datasets/zh.ts';
import { en as actionsEn } from './registry/actions/en.ts';
import { zh as actionsZh } from './registry/actions/zh.ts';
import { en as pagesEn } from './registry/pages/en.ts';
import { zh as pagesZh } from './registry/pages/zh.ts';
import { en as teamEn } from './team/en.ts';
import { zh as teamZh } from './team/zh.ts';
import { zh } from './zh.ts';

test('both languages use the same placeholders', () => {
  const holes = (message: unknown): string[] =>
    [...new Set(JSON.stringify(message).match(/\{\w+\}/g) ?? [])].toSorted();
  for (const [english, chinese] of [
    [en, zh],
    [teamEn, teamZh],
    [pagesEn, pagesZh],
    [actionsEn, actionsZh],
    [datasetsEn, datasetsZh],
  ] as ReadonlyArray<readonly [Record<string, unknown>, Record<string, unknown>]>) {
    for (const [key, message] of Object.entries(english)) {
      expect([key, ...holes(chinese[key])]).toEqual([key, ...holes(message)]);
    }
  }
});

test('a count chooses its plural', () => {
  expect(t('board.runs', { count: 1 })).toBe('1 run');
  expect(t('board.runs', { count: 1204 })).toBe('1,204 runs');
});

test('a column of values keeps its decimals, and extremes become powers', () => {
  expect(fixed(0.0768, decimalsOf([0.0768, 0.5]))).toBe('0.0768');
  expect(fixed(12.3, decimalsOf([12.3]))).toBe('12.30');
  expect(fixed(384, decimalsOf([384, 64]))).toBe('384');
  expect(fixed(0.0000696, decimalsOf([0.0000696, 0.0002]))).toBe('6.96e−5');
  expect(fixed(-1.5, 1)).toBe('−1.5');
  expect([fixed(NaN, 2), fixed(Infinity, 2), fixed(-Infinity, 2)]).toEqual(['NaN', '+∞', '−∞']);
});

test('times are in the largest units that say something', () => {
  expect([duration(400), duration(58_000), duration(192_000), duration(7_500_000)]).toEqual([
    '0.4 s',
    '58 s',
    '3 min 12 s',
    '2 h 5 min',
  ]);
  expect(age(0, 3 * 86_400_000)).toBe('3 d');
});

test('sizes are counted as disks are', () => {
  expect([bytes(162), bytes(2400), bytes(312_000_000)]).toEqual(['162 B', '2.4 kB', '312 MB']);
});
