import { currentLanguage } from './translate.ts';

const MINUS = '\u2212';

/** `41,200`: whole numbers grouped by thousands, fractions to six digits. */
export function count(value: number): string {
  return new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: 6 }).format(value);
}

/** `312 MB`, powers of 1000 as disks and networks count. */
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = size / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${units[unit]}`;
}

/** How many decimals show all values of one column to about four significant digits; four are enough down to 0.01. */
export function decimalsOf(values: readonly number[]): number {
  const sizes = values.filter((value) => Number.isFinite(value) && value !== 0).map(Math.abs);
  if (sizes.every((size) => Number.isInteger(size))) return 0;
  const largest = Math.max(...sizes);
  if (largest < 1) return largest >= 0.01 ? 4 : Math.min(8, 2 - Math.floor(Math.log10(largest)));
  return Math.max(0, Math.min(4, 3 - Math.floor(Math.log10(largest))));
}

/** A value with fixed decimals, so that a column lines up; very large and very small ones as powers. */
export function fixed(value: number, decimals: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+∞' : `${MINUS}∞`;
  const size = Math.abs(value);
  if (size >= 1e7 || (size !== 0 && size < smallestShown(decimals))) return power(value);
  return value.toFixed(decimals).replace('-', MINUS);
}

/** Below it a value would lose its digits; a column of nothing but tiny values is written in powers altogether. */
function smallestShown(decimals: number): number {
  return decimals > 5 ? 1e-3 : 0.5 * 10 ** -Math.max(decimals, 3);
}

function power(value: number): string {
  const [mantissa = '', exponent = ''] = value.toExponential(2).split('e');
  return `${Number(mantissa)}e${exponent.replace('+', '')}`.replaceAll('-', MINUS);
}
