import { expect, test } from 'vitest';

import {
  formatDifference,
  formatDuration,
  formatLogTick,
  formatStep,
  formatTicks,
  formatValue,
} from './number-format.ts';

test('ticks of one axis share their decimals and carry SI suffixes', () => {
  expect(formatTicks([0, 20_000, 40_000, 60_000])).toEqual(['0', '20k', '40k', '60k']);
  expect(formatTicks([0.08, 0.1, 0.12])).toEqual(['0.08', '0.10', '0.12']);
  expect(formatTicks([0, 2_500_000])).toEqual(['0', '2.5M']);
  expect(formatTicks([-0.5, 0, 0.5])).toEqual(['−0.5', '0.0', '0.5']);
});

test('only very small ticks are written with an exponent', () => {
  expect(formatTicks([0, 0.00025, 0.0005])).toEqual(['0', '2.5e−4', '5e−4']);
});

test('log ticks stand for themselves', () => {
  expect([0.001, 0.1, 1, 10, 1000, 1e6, 1e-6].map(formatLogTick)).toEqual([
    '0.001',
    '0.1',
    '1',
    '10',
    '1k',
    '1M',
    '1e−6',
  ]);
});

test('values never need an exponent below a million', () => {
  expect(formatValue(0.0768)).toBe('0.0768');
  expect(formatValue(12_345.678)).toBe('12345.7');
  expect(formatValue(41_200)).toBe('41,200');
  expect(formatValue(1_234_567)).toBe('1.235M');
  expect(formatValue(0.00012)).toBe('1.2e−4');
  expect([NaN, Infinity, -Infinity].map(formatValue)).toEqual(['NaN', '+∞', '−∞']);
});

test('a difference has the decimals of its base', () => {
  expect(formatDifference(-0.00097, 0.0832)).toBe('−0.0010');
  expect(formatDifference(0.000001, 0.0832)).toBe('0');
  expect(formatDifference(128, 256)).toBe('128');
});

test('steps are grouped, durations have two units', () => {
  expect(formatStep(47_000)).toBe('47,000');
  expect(formatStep(-1234.5)).toBe('−1,234.5');
  expect(formatDuration(90_000)).toBe('1 m 30 s');
  expect(formatDuration(3_600_000)).toBe('1 h');
  expect(formatDuration(7_260_000)).toBe('2 h 1 m');
});
