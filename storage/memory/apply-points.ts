import { ownerKey, summarise, type MetricSummary, type SeriesOwner } from '#core/domain/point.ts';
import type { PointsChange } from '#core/tracking/ports/change.ts';
import { activeModel, activeRun, type Applying } from './state.ts';

export function applyPoints(applying: Applying, { points }: PointsChange): void {
  const { state, touched, at, sequence } = applying;
  const { owner } = points;
  const run = activeRun(applying, owner.run);
  if (owner.kind === 'model') activeModel(applying, owner.model);
  if (points.steps.length === 0) return;
  const rowsOf = Map.groupBy(points.steps.keys(), (row) => points.metrics[points.metricAt[row] as number]);
  for (const [metric, rows] of rowsOf) {
    if (metric !== undefined) append(applying, points, { metric, rows });
  }
  if (owner.kind === 'model') return touched.model(owner.model);
  state.runs.set(run.id, { ...run, changedAt: at, sequence });
  touched.points(
    run.id,
    run.project,
    rowsOf.keys().filter((metric) => metric !== undefined),
  );
}

function append(
  { state }: Applying,
  { owner, steps, times, values }: PointsChange['points'],
  { metric, rows }: { metric: string; rows: readonly number[] },
): void {
  const key = seriesKey(owner, metric);
  const before = state.series.get(key);
  let summary: MetricSummary | undefined = before?.summary;
  const pick = (column: Float64Array) => Float64Array.from(rows, (row) => column[row] as number);
  // A step of −0 is step 0: as positions they are one.
  const batch = { steps: pick(steps).map((step) => step + 0), times: pick(times), values: pick(values) };
  for (const [i, value] of batch.values.entries()) {
    summary = summarise(summary, { step: batch.steps[i] as number, time: batch.times[i] as number, value });
  }
  if (summary) {
    state.series.set(key, { owner, metric, batches: [...(before?.batches ?? []), batch], summary });
  }
}

export function seriesKey(owner: SeriesOwner, metric: string): string {
  return JSON.stringify([ownerKey(owner), metric]);
}
