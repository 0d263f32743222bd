import type { RunJson } from '#core/contract/schemas.ts';
import { fromMetricValue } from '#core/contract/numbers.ts';
import { type Batch, type ClientLog, noteOf, timeAt, valueAt } from './client-log.ts';

/** What a server gives back of one client's writes. */
export interface Stored {
  /** The run that the batches went into. */
  readonly run: Pick<RunJson, 'params' | 'tags' | 'metrics'>;
  /** The history of the client's metric; times are microseconds UTC. */
  readonly points: readonly { readonly step: number; readonly time: number; readonly value: number }[];
  /** The runs that this client created beside it, once for each time the server lists them. */
  readonly created: readonly Pick<RunJson, 'id' | 'params' | 'tags'>[];
}

export interface Verdict {
  /** Points whose batch was acknowledged. */
  readonly acked: number;
  readonly stored: number;
  /** Acknowledged, but not there. */
  readonly lost: readonly string[];
  /** There more than once. */
  readonly doubled: readonly string[];
  /** There, though never sent, with other bits, as half a batch, or summarised as something else. */
  readonly wrong: readonly string[];
}

/** Holds what is stored against the client's own log: acknowledged ⊆ stored ⊆ sent, each once and whole. */
export function judge(log: ClientLog, metric: string, stored: Stored): Verdict {
  const findings = { lost: [] as string[], doubled: [] as string[], wrong: [] as string[] };
  const counts = new Map<number, number>();
  const sentUpTo = log.batches.reduce((end, batch) => Math.max(end, batch.firstStep + batch.points), 0);
  for (const { step, time, value } of stored.points) {
    counts.set(step, (counts.get(step) ?? 0) + 1);
    const isSent = step < sentUpTo && time === timeAt(step) * 1000 && Object.is(value, valueAt(metric, step));
    if (!isSent) findings.wrong.push(`${metric} step ${step} value ${value} was never sent`);
  }
  for (const [step, count] of counts) if (count > 1) findings.doubled.push(`${metric} step ${step}`);
  for (const batch of log.batches) judgeBatch(log, batch, { metric, counts, run: stored.run }, findings);
  judgeNotes(log, stored.run, findings.wrong);
  judgeCreations(log, metric, stored.created, findings);
  judgeSummary(metric, stored, findings.wrong);
  const acked = log.batches.reduce((sum, batch) => sum + (log.acked.has(batch.id) ? batch.points : 0), 0);
  return { acked, stored: stored.points.length, ...findings };
}

interface Findings {
  readonly lost: string[];
  readonly doubled: string[];
  readonly wrong: string[];
}

interface Kept {
  readonly metric: string;
  readonly counts: ReadonlyMap<number, number>;
  readonly run: Stored['run'];
}

/** A batch is there as a whole, its note included, or not at all; an acknowledged one is there. */
function judgeBatch(log: ClientLog, batch: Batch, { metric, counts, run }: Kept, findings: Findings): void {
  let parts = batch.points;
  let kept = 0;
  for (let step = batch.firstStep; step < batch.firstStep + batch.points; step += 1) {
    if (counts.has(step)) kept += 1;
  }
  const note = noteOf(batch);
  if (note) {
    parts += 2;
    if (run.params.some(({ key, text }) => key === note.key && text === note.value)) kept += 1;
    if (run.tags.some(({ key, value }) => key === note.key && value === note.value)) kept += 1;
  }
  const what = `${metric} batch ${batch.id}: ${kept} of ${parts} parts are stored`;
  if (log.acked.has(batch.id) && kept < parts) findings.lost.push(what);
  else if (kept > 0 && kept < parts) findings.wrong.push(what);
}

function judgeNotes(log: ClientLog, { params, tags }: Stored['run'], wrong: string[]): void {
  const sent = new Set(log.batches.map((batch) => noteOf(batch)?.key));
  for (const { key } of [...params, ...tags]) {
    if (key.startsWith('note_') && !sent.has(key)) wrong.push(`${key} was never sent`);
  }
}

function judgeCreations(
  log: ClientLog,
  metric: string,
  created: Stored['created'],
  findings: Findings,
): void {
  const seen = new Set<string>();
  const sent = new Set(log.creations.map(({ run }) => run));
  for (const { id, params, tags } of created) {
    if (seen.has(id)) findings.doubled.push(`run ${id}`);
    seen.add(id);
    if (!sent.has(id)) findings.wrong.push(`run ${id} was never created`);
    const isWhole =
      params.some(({ key, text }) => key === 'run' && text === id) &&
      tags.some(({ key, value }) => key === 'writer' && value === metric);
    if (!isWhole) findings.wrong.push(`run ${id} lacks what it was created with`);
  }
  for (const { id, run } of log.creations) {
    if (log.acked.has(id) && !seen.has(run)) findings.lost.push(`run ${run}`);
  }
}

/** The run's summary must be the fold of its history; steps are unique here, so the last point is the highest step. */
function judgeSummary(metric: string, { run, points }: Stored, wrong: string[]): void {
  const summary = run.metrics.find(({ key }) => key === metric);
  const last = points.reduce((best, point) => (point.step > best.step ? point : best), points[0] ?? NOWHERE);
  const numbers = points.map(({ value }) => value).filter((value) => !Number.isNaN(value));
  const expected = {
    last: points.length > 0 ? `${last.step} ${last.time} ${last.value}` : 'none',
    min: numbers.length > 0 ? String(numbers.reduce((low, value) => Math.min(low, value))) : 'none',
    max: numbers.length > 0 ? String(numbers.reduce((high, value) => Math.max(high, value))) : 'none',
  };
  const found = {
    last: summary
      ? `${summary.last.step} ${summary.last.timeMicros} ${fromMetricValue(summary.last.value)}`
      : 'none',
    min: summary?.min ? String(fromMetricValue(summary.min.value)) : 'none',
    max: summary?.max ? String(fromMetricValue(summary.max.value)) : 'none',
  };
  for (const part of ['last', 'min', 'max'] as const) {
    if (found[part] !== expected[part])
      wrong.push(`${metric}: the summary's ${part} is ${found[part]}, the history's ${expected[part]}`);
  }
}

const NOWHERE = { step: Number.NaN, time: Number.NaN, value: Number.NaN };

/** Several verdicts as one. */
export function together(verdicts: readonly Verdict[]): Verdict {
  return {
    acked: verdicts.reduce((sum, verdict) => sum + verdict.acked, 0),
    stored: verdicts.reduce((sum, verdict) => sum + verdict.stored, 0),
    lost: verdicts.flatMap((verdict) => verdict.lost),
    doubled: verdicts.flatMap((verdict) => verdict.doubled),
    wrong: verdicts.flatMap((verdict) => verdict.wrong),
  };
}
