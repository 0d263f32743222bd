import type { LoggedPoints } from '#core/domain/point.ts';
import type { PointsChange } from '#core/tracking/ports/change.ts';
import { activeModel, activeRun, type Applying } from './applying.ts';

/** Decides about points; the series engine keeps them. With the run in memory no SQL is run here. */
export async function applyPoints(applying: Applying, { points }: PointsChange): Promise<void> {
  const { owner } = points;
  const run = await activeRun(applying, owner.run);
  if (owner.kind === 'model') await activeModel(applying, owner.model);
  if (points.steps.length === 0) return;
  applying.points.push(points);
  if (owner.kind === 'model') applying.touched.model(owner.model);
  else applying.touched.points(run.id, run.project, metricsWithPoints(points));
}

/** In order of their first point. */
export function metricsWithPoints({ metrics, metricAt }: LoggedPoints): ReadonlySet<string> {
  const found = new Set<string>();
  const isFound = new Uint8Array(metrics.length);
  for (const at of metricAt) {
    if (isFound[at] !== 0) continue;
    isFound[at] = 1;
    const metric = metrics[at];
    if (metric !== undefined) found.add(metric);
    if (found.size === metrics.length) break;
  }
  return found;
}
