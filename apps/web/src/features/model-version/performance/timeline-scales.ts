import { timeTicks } from '#ui/charts/ticks.ts';
import { currentLanguage } from '../../../text/translate.ts';
import type { Point } from './performance-data.ts';

export interface TimelineLine {
  readonly id: string;
  readonly label: string;
  /** Any CSS colour. */
  readonly colour: string;
  readonly isMuted?: boolean;
  /** In order of time. */
  readonly points: readonly Point[];
}

export interface TimelineRule {
  readonly at: number;
  readonly text: string;
}

export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface TimelineScales {
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

const HOUR = 3_600_000;
/** Of the span, above and below: nothing touches the frame. */
const PAD = 0.12;

/** Everything is in the frame: lines, the level, the moments that lie within or near them. */
export function timelineScales(
  shown: {
    readonly lines: readonly TimelineLine[];
    readonly reference: number | undefined;
    readonly rules: readonly TimelineRule[];
  },
  frame: Frame,
): TimelineScales {
  const points = shown.lines.flatMap((line) => line.points);
  const times = [...points.map(([at]) => at), ...shown.rules.map(({ at }) => at)];
  const values = [
    ...points.map(([, value]) => value),
    ...(shown.reference === undefined ? [] : [shown.reference]),
  ];
  let [from, to] = extent(times, Date.now());
  if (to - from < HOUR) [from, to] = [from - HOUR / 2, to + HOUR / 2];
  const [least, most] = extent(values, 0);
  const pad = (most - least) * PAD || Math.abs(most) * PAD || 1;
  const [low, high] = [least - pad, most + pad];
  return {
    from,
    to,
    low,
    high,
    x: (at) => frame.left + ((at - from) / (to - from)) * (frame.right - frame.left),
    y: (value) => frame.bottom - ((value - low) / (high - low)) * (frame.bottom - frame.top),
  };
}

function extent(values: readonly number[], without: number): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [without, without];
}

/** The point nearest in time; undefined when there is none. */
export function nearest(points: readonly Point[], at: number): Point | undefined {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle] as Point)[0] < at) low = middle + 1;
    else high = middle;
  }
  const [after, before] = [points[low], points[low - 1]];
  if (!after || !before) return after ?? before;
  return after[0] - at < at - before[0] ? after : before;
}

const TWO_DAYS = 48 * HOUR;

/** Days, or hours where the whole is short, in the reader's zone and language. */
export function dateTicks(from: number, to: number, most: number): { value: number; text: string }[] {
  const offset = -new Date(to).getTimezoneOffset() * 60_000;
  const format: Intl.DateTimeFormatOptions =
    to - from > TWO_DAYS
      ? { month: 'short', day: 'numeric' }
      : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  return timeTicks(from, to, Math.max(3, Math.min(9, Math.floor(most))), offset).map((value) => ({
    value,
    text: new Date(value).toLocaleString(currentLanguage(), format),
  }));
}
