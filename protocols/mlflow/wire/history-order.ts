import type { PointColumns } from '#core/domain/point.ts';

/** The rows of a history in MLflow's order, (timestamp, step, value); the store's is (step, time, value). */
export function historyOrder({ steps, times, values }: PointColumns): Uint32Array {
  const rank = (value: number): number => (Number.isNaN(value) ? 0 : value);
  const compare = (a: number, b: number): number =>
    (times[a] as number) - (times[b] as number) ||
    (steps[a] as number) - (steps[b] as number) ||
    rank(values[a] as number) - rank(values[b] as number);
  return Uint32Array.from(steps.keys()).toSorted(compare);
}

/** The point of a row. */
export function pointAt({ steps, times, values }: PointColumns, row: number) {
  return { step: steps[row] as number, time: times[row] as number, value: values[row] as number };
}
