import { fromMetricValue } from '#core/contract/numbers.ts';
import type { ObjectiveJson, RunJson } from '#core/contract/schemas.ts';

// Numbers of a run, as tables and sentences need them.

export type Aggregate = 'last' | 'min' | 'max';

/** Undefined where the run has not logged it, or has nothing but NaN to take the extreme of. */
export function metricOf(run: RunJson, key: string, aggregate: Aggregate): number | undefined {
  const metric = run.metrics.find((candidate) => candidate.key === key);
  const point = metric?.[aggregate];
  return point === undefined ? undefined : fromMetricValue(point.value);
}

export function objectiveValue(run: RunJson, objective: ObjectiveJson | undefined): number | undefined {
  return objective && metricOf(run, objective.metric, objective.aggregate);
}

/** A declared objective; for a table, the run's own one counts only where the project has none. */
export function objectiveFor(
  run: RunJson,
  project: { readonly objective?: ObjectiveJson | undefined } | undefined,
): ObjectiveJson | undefined {
  return project?.objective ?? run.objective;
}

/** Negative: a is better. Runs without a number come last, NaN among them. */
export function compareByObjective(
  a: number | undefined,
  b: number | undefined,
  direction: 'min' | 'max',
): number {
  const hasA = a !== undefined && !Number.isNaN(a);
  const hasB = b !== undefined && !Number.isNaN(b);
  if (!hasA || !hasB) return Number(hasB) - Number(hasA);
  return direction === 'min' ? a - b : b - a;
}

/** The highest step of any of its metrics. */
export function lastStep(run: RunJson): number | undefined {
  let step: number | undefined;
  for (const { last } of run.metrics) step = step === undefined ? last.step : Math.max(step, last.step);
  return step;
}

export function hasNaN(run: RunJson, metric: string): boolean {
  const found = run.metrics.find((candidate) => candidate.key === metric);
  return found !== undefined && Number.isNaN(fromMetricValue(found.last.value));
}

export function paramText(run: RunJson, key: string): string | undefined {
  return run.params.find((param) => param.key === key)?.text;
}

export function tagText(run: RunJson, key: string): string | undefined {
  return run.tags.find((tag) => tag.key === key)?.value;
}

/** How long it ran, or has been running. */
export function runDuration(run: RunJson, now: number): number {
  return (run.endedAt ?? now) - run.startedAt;
}

/** Wires without heartbeats only fall silent: said after this long without a word. */
const QUIET_AFTER_MS = 5 * 60_000;

/** Since when a running run has been silent, undefined while it is not. */
export function quietSince(run: RunJson, now: number): number | undefined {
  return run.status === 'running' && now - run.changedAt > QUIET_AFTER_MS ? run.changedAt : undefined;
}
