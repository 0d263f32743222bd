import { InvalidArgumentError } from 'commander';

const UNITS_MS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Milliseconds of `12h`, `30d` or `2w`, for an option. */
export function parseAge(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,4})([hdw])$/.exec(text) ?? [];
  if (count === '') throw new InvalidArgumentError('It is a time such as 12h, 90d or 52w.');
  return Number(count) * (UNITS_MS[unit] ?? 0);
}
