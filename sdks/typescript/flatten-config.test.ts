import { expect, test } from 'vitest';
import { flattenConfig } from './flatten-config.ts';

test('objects nest with slashes, lists are one param, nothing is made of nothing', () => {
  const config = {
    lr: 0.1,
    optim: { name: 'adam', betas: [0.9, 0.999], deep: { er: true } },
    seed: null,
    skipped: undefined,
    empty: {},
  };
  expect(flattenConfig(config)).toEqual([
    { key: 'lr', value: 0.1 },
    { key: 'optim/name', value: 'adam' },
    { key: 'optim/betas', value: '[0.9,0.999]' },
    { key: 'optim/deep/er', value: true },
    { key: 'seed', value: null },
  ]);
});

test('numbers that JSON cannot hold travel as text', () => {
  const values = { nan: Number.NaN, inf: -Infinity, zero: -0, big: 2n ** 70n, day: new Date(0) };
  expect(flattenConfig(values).map(({ value }) => value)).toEqual([
    'NaN',
    '-Infinity',
    '-0',
    '1180591620717411303424',
    '1970-01-01T00:00:00.000Z',
  ]);
});
