import { expect, test } from 'vitest';
import type { LaneJson } from '../../../api/registry.ts';
import { calendarTicks, laneRows } from './lane-layout.ts';

const held = (
  version: number,
  from: number,
  to?: number,
  isRollback = false,
): LaneJson['holdings'][number] => ({
  version,
  from,
  ...(to !== undefined && { to }),
  reason: '',
  isRollback,
});

test('a holding that a roll back ended is marked, one without an end reaches until now', () => {
  const lanes: LaneJson[] = [
    {
      kind: 'alias',
      name: 'production',
      holdings: [held(12, 20, 30), held(11, 10, 20), held(11, 30, undefined, true)],
    },
  ];
  const bars = laneRows(lanes, 99)[0]?.bars.map(({ version, from, to, isNow, wasRolledBack }) => [
    version,
    from,
    to,
    isNow,
    wasRolledBack,
  ]);
  expect(bars).toEqual([
    [11, 10, 20, false, false],
    [12, 20, 30, false, true],
    [11, 30, 99, true, false],
  ]);
});

test('where it runs comes first, production before the rest, and stage none is no lane', () => {
  const lane = (kind: LaneJson['kind'], name: string): LaneJson => ({ kind, name, holdings: [held(1, 1)] });
  const rows = laneRows(
    [
      lane('stage', 'none'),
      lane('alias', 'candidate'),
      lane('alias', 'production'),
      lane('environment', 'shadow'),
      lane('environment', 'eu-prod'),
    ],
    9,
  );
  expect(rows.map(({ name }) => name)).toEqual(['eu-prod', 'shadow', 'production', 'candidate']);
});

test('a year is marked by months, a decade by years, a week by days, an hour by the clock', () => {
  const at = (year: number, month: number, day = 1): number => new Date(year, month, day).getTime();
  expect(calendarTicks(at(2026, 1), at(2026, 10, 23), 10)).toHaveLength(9);
  const unitsOf = (ticks: readonly { unit: string }[]): string[] => [
    ...new Set(ticks.map(({ unit }) => unit)),
  ];
  expect(unitsOf(calendarTicks(at(2016, 5), at(2026, 5), 12))).toEqual(['year']);
  const days = calendarTicks(at(2026, 10, 3), at(2026, 10, 10), 10);
  expect([days.length, unitsOf(days)]).toEqual([8, ['day']]);
  expect(unitsOf(calendarTicks(at(2026, 10, 3), at(2026, 10, 3) + 3_600_000, 8))).toEqual(['hour']);
});
