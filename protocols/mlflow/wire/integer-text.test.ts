import { expect, test } from 'vitest';
import { integerText } from './integer-text.ts';

test.each([
  ['7', 7],
  [' -7 ', -7],
  ['1700000000123', 1_700_000_000_123],
  ['1e+05', 100_000],
  ['-2e+05', -200_000],
  ['1.6e+12', 1_600_000_000_000],
])('%j is the integer %d', (text, integer) => {
  expect(integerText(text)).toBe(integer);
});

test.each(['', ' ', '1.5', '1e5', '10e+05', '1e-05', '0x10', 'NaN', '1e+05 x', true, null, undefined, 1.5])(
  '%j stays what it is',
  (value) => {
    expect(integerText(value)).toBe(value);
  },
);
