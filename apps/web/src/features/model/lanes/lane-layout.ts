import { timeTicks } from '#ui/charts/ticks.ts';
import type { LaneJson } from '../../../api/registry.ts';

// Bars of a swim lane, from who held a name when.

export interface Bar {
  readonly version: number;
  /** Milliseconds UTC; an open end reaches until now. */
  readonly from: number;
  readonly to: number;
  readonly isNow: boolean;
  /** It was taken away again by a roll back that followed it. */
  readonly wasRolledBack: boolean;
  readonly reason: string;
  readonly by: string;
}

export interface LaneRow {
  readonly kind: LaneJson['kind'];
  readonly name: string;
  readonly bars: readonly Bar[];
}

/** Where it runs first, then names in production, then the rest; without a lane that only says where versions begin. */
export function laneRows(lanes: readonly LaneJson[], now: number): LaneRow[] {
  return lanes
    .filter(({ kind, name, holdings }) => holdings.length > 0 && !(kind === 'stage' && name === 'none'))
    .map(({ kind, name, holdings }) => ({ kind, name, bars: barsOf(holdings, now) }))
    .toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

function barsOf(holdings: LaneJson['holdings'], now: number): Bar[] {
  const inOrder = holdings.toSorted((a, b) => a.from - b.from);
  return inOrder.map((held, i): Bar => {
    const next = inOrder[i + 1];
    return {
      version: held.version,
      from: held.from,
      to: held.to ?? now,
      isNow: held.to === undefined,
      wasRolledBack: next?.isRollback === true && held.to !== undefined,
      reason: held.reason,
      by: held.by?.name ?? '',
    };
  });
}

const KINDS = { environment: 0, alias: 1, stage: 2 } as const;

function rank({ kind, name }: LaneRow): number {
  const isProduction = /(^|[._-])(prod(uction)?|champion)($|[._-])/i.test(name);
  return KINDS[kind] * 2 + (isProduction ? 0 : 1);
}

/** From the first holding until now, an hour at least, with a little air on the right. */
export function laneSpan(rows: readonly LaneRow[], now: number): readonly [from: number, to: number] {
  const first = Math.min(now - HOUR, ...rows.flatMap(({ bars }) => bars.map(({ from }) => from)));
  return [first, now + (now - first) * 0.015];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface LaneTick {
  readonly at: number;
  readonly unit: 'hour' | 'day' | 'month' | 'year';
}

/** Months, or years where there are too many of them, or days and hours where there is none. */
export function calendarTicks(from: number, to: number, most: number): LaneTick[] {
  const start = new Date(from);
  const months: LaneTick[] = [];
  for (let i = 1; ; i += 1) {
    const date = new Date(start.getFullYear(), start.getMonth() + i, 1);
    if (date.getTime() > to) break;
    months.push({ at: date.getTime(), unit: date.getMonth() === 0 ? 'year' : 'month' });
  }
  if (months.length < 2) {
    const offset = -start.getTimezoneOffset() * 60_000;
    const unit = to - from > 2 * DAY ? 'day' : 'hour';
    return timeTicks(from, to, Math.max(3, most), offset).map((at) => ({ at, unit }));
  }
  const stride = [1, 2, 3, 6, 12].find((each) => months.length / each <= most) ?? 12;
  return months.filter(({ at }) => new Date(at).getMonth() % stride === 0);
}
