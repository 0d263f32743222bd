const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: readonly [from: number, unit: Intl.RelativeTimeFormatUnit, size: number][] = [
  [730 * DAY, 'year', 365 * DAY],
  [60 * DAY, 'month', 30 * DAY],
  [2 * DAY, 'day', DAY],
  [90 * MINUTE, 'hour', HOUR],
  [90 * SECOND, 'minute', MINUTE],
  [0, 'second', SECOND],
];

const formats = new Map<string, Intl.RelativeTimeFormat>();

/** "3 min. ago", in the reader's language. Both times in ms, UTC. */
export function relativeTime(at: number, now: number, locale: string): string {
  let format = formats.get(locale);
  if (format === undefined) {
    format = new Intl.RelativeTimeFormat(locale, { style: 'short', numeric: 'always' });
    formats.set(locale, format);
  }
  const difference = at - now;
  const size = Math.abs(difference);
  const [, unit, length] = STEPS.find(([from]) => size >= from) ?? [0, 'second' as const, SECOND];
  return format.format(Math.trunc(difference / length), unit);
}
