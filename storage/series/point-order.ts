// The order of a series, (step, time, value), made total: NaN ranks as 0 like core/domain says, and among the three
// that rank as 0 the order is −0, 0, NaN. Points that compare as equal are repetitions: NaN equals NaN, −0 is not 0.
import type { PointColumns } from '#core/domain/point.ts';

/** Order of rows a and b: negative, 0 for a repetition, positive. */
export function compareRows({ steps, times, values }: PointColumns, a: number, b: number): number {
  const byStep = (steps[a] as number) - (steps[b] as number);
  if (byStep !== 0) return byStep;
  const byTime = (times[a] as number) - (times[b] as number);
  if (byTime !== 0) return byTime;
  return compareValues(values[a] as number, values[b] as number);
}

function compareValues(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b && a !== 0) return 0;
  const rankA = Number.isNaN(a) ? 0 : a;
  const rankB = Number.isNaN(b) ? 0 : b;
  if (rankA !== rankB) return rankA < rankB ? -1 : 1;
  return zeroRank(a) - zeroRank(b);
}

function zeroRank(value: number): number {
  if (Number.isNaN(value)) return 2;
  return Object.is(value, -0) ? 0 : 1;
}

/** The same set of points in order, each once. Returns its argument when that is so already; else fresh columns. */
export function sortPoints(columns: PointColumns): PointColumns {
  const count = columns.steps.length;
  let isAscending = true;
  for (let i = 1; i < count && isAscending; i += 1) isAscending = compareRows(columns, i - 1, i) < 0;
  if (isAscending) return columns;
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  // Of repetitions the first that arrived stays, which shows in the payload of a NaN.
  order.sort((a, b) => compareRows(columns, a, b) || a - b);
  let kept = 0;
  for (let i = 0; i < count; i += 1) {
    const row = order[i] as number;
    if (kept > 0 && compareRows(columns, order[kept - 1] as number, row) === 0) continue;
    order[kept++] = row;
  }
  return takeRows(columns, order.subarray(0, kept));
}

/** Sorted points ordered by time instead; equal times keep the order they have. */
export function orderByTime(columns: PointColumns): PointColumns {
  const { times } = columns;
  let isAscending = true;
  for (let i = 1; i < times.length && isAscending; i += 1) {
    isAscending = (times[i - 1] as number) <= (times[i] as number);
  }
  if (isAscending) return columns;
  const order = Uint32Array.from({ length: times.length }, (_, i) => i);
  order.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
  return takeRows(columns, order);
}

/** Columns of several parts, one behind the other. */
export function concatPoints(parts: readonly PointColumns[]): PointColumns {
  if (parts.length === 1) return parts[0] as PointColumns;
  const count = parts.reduce((sum, part) => sum + part.steps.length, 0);
  const all = emptyPoints(count);
  let at = 0;
  for (const part of parts) {
    all.steps.set(part.steps, at);
    all.times.set(part.times, at);
    all.values.set(part.values, at);
    at += part.steps.length;
  }
  return all;
}

/** Rows from … to, not copied. */
export function slicePoints({ steps, times, values }: PointColumns, from: number, to: number): PointColumns {
  return {
    steps: steps.subarray(from, to),
    times: times.subarray(from, to),
    values: values.subarray(from, to),
  };
}

export function emptyPoints(count = 0): PointColumns {
  return { steps: new Float64Array(count), times: new Float64Array(count), values: new Float64Array(count) };
}

function takeRows(columns: PointColumns, rows: Uint32Array): PointColumns {
  const taken = emptyPoints(rows.length);
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] as number;
    taken.steps[i] = columns.steps[row] as number;
    taken.times[i] = columns.times[row] as number;
    taken.values[i] = columns.values[row] as number;
  }
  return taken;
}
