import { t } from './translate.ts';

// Times for people: short in tables, whole sentences elsewhere, absolute on hover. All in milliseconds UTC.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `12 s`, `5 min`, `3 h`, `21 d`: the largest whole unit. */
export function age(from: number, now: number): string {
  const passed = Math.max(0, now - from);
  if (passed < MINUTE) return t('time.s', { n: Math.floor(passed / SECOND) });
  if (passed < HOUR) return t('time.min', { n: Math.floor(passed / MINUTE) });
  if (passed < DAY) return t('time.h', { n: Math.floor(passed / HOUR) });
  return t('time.d', { n: Math.floor(passed / DAY) });
}

/** How long something took: `0.4 s`, `58 s`, `3 min 12 s`, `2 h 05 min`, `3 d 4 h`. */
export function duration(ms: number): string {
  const passed = Math.max(0, ms);
  if (passed < 10 * SECOND) return t('time.s', { n: (passed / SECOND).toFixed(1) });
  if (passed < MINUTE) return t('time.s', { n: Math.floor(passed / SECOND) });
  if (passed < HOUR) return two(passed, MINUTE, 'time.min', SECOND, 'time.s');
  if (passed < DAY) return two(passed, HOUR, 'time.h', MINUTE, 'time.min');
  return two(passed, DAY, 'time.d', HOUR, 'time.h');
}

type Unit = 'time.s' | 'time.min' | 'time.h' | 'time.d';

function two(passed: number, large: number, largeUnit: Unit, small: number, smallUnit: Unit): string {
  const whole = Math.floor(passed / large);
  const rest = Math.floor((passed % large) / small);
  const head = t(largeUnit, { n: whole });
  return rest === 0 ? head : `${head} ${t(smallUnit, { n: rest })}`;
}

/** `2026-11-24 20:45:56` in the reader's time zone. */
export function absolute(at: number): string {
  const date = new Date(at);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day} ${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}
