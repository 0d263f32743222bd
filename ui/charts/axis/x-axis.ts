import { formatDuration, formatStep, formatTicks } from '#ui/charts/number-format.ts';
import { linearTicks, timeTicks } from '#ui/charts/ticks.ts';

/** `duration`: ms since a start. `time`: ms since 1970, UTC, shown in the zone of the reader. */
export type XKind = 'step' | 'number' | 'duration' | 'time';

export interface XTick {
  readonly value: number;
  readonly text: string;
}

export interface ClockFormat {
  /** BCP 47, for dates. */
  readonly locale: string;
  /** Minutes west of UTC, as Date.getTimezoneOffset gives them. */
  readonly offsetMinutes: number;
}

const DAY = 86_400_000;

/** At most five ticks, fewer where the plot is narrow. */
export function xTicks(
  kind: XKind,
  from: number,
  to: number,
  widthPixels: number,
  clock: ClockFormat,
): XTick[] {
  const isClock = kind === 'duration' || kind === 'time';
  const most = Math.max(2, Math.min(5, Math.floor(widthPixels / (isClock ? 72 : 48))));
  if (kind === 'duration') {
    return timeTicks(from, to, most).map((value) => ({ value, text: formatDuration(value) }));
  }
  if (kind === 'time') {
    const ticks = timeTicks(from, to, most, -clock.offsetMinutes * 60_000);
    return ticks.map((value) => ({ value, text: formatClock(value, to - from, clock.locale) }));
  }
  // Around the only step there is, halves of a step are nothing that anybody logged.
  const middle = (from + to) / 2;
  const isOneStep = to - from === 1 && Number.isInteger(middle);
  const ticks =
    kind === 'step' && isOneStep
      ? [middle]
      : linearTicks(from, to, most).filter(
          (tick) => kind !== 'step' || Number.isInteger(tick) || to - from < 3,
        );
  const texts = formatTicks(ticks);
  return ticks.map((value, i) => ({ value, text: texts[i] as string }));
}

/** An x in full, for the tooltip's head and the tag on the axis. */
export function formatX(kind: XKind, value: number, clock: ClockFormat): string {
  if (kind === 'duration') return formatDuration(value);
  if (kind === 'time')
    return new Date(value).toLocaleString(clock.locale, { dateStyle: 'medium', timeStyle: 'medium' });
  return formatStep(value);
}

function formatClock(value: number, span: number, locale: string): string {
  const date = new Date(value);
  if (span > 2 * DAY) return date.toLocaleDateString(locale, { month: 'short', day: 'numeric' });
  const seconds = span < 300_000 ? ({ second: '2-digit' } as const) : {};
  return date.toLocaleTimeString(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...seconds,
  });
}
