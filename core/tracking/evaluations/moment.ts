import { Fault } from '#core/domain/fault.ts';

/** Clocks differ, by less than this. */
const AHEAD_MS = 24 * 3_600_000;

/**
 * What is dated ahead would be the newest for as long, whatever comes later. @param now milliseconds UTC.
 * @throws Fault `invalid` unless it is a whole number of milliseconds since 1970, at most a day ahead.
 */
export function assertMoment(field: string, at: number, now: number): void {
  if (Number.isSafeInteger(at) && at >= 0 && at <= now + AHEAD_MS) return;
  throw new Fault('invalid', 'A time is a whole number of milliseconds since 1970, UTC, not ahead of now.', {
    field,
  });
}
