import { createClient } from '#core/contract/client.ts';
import { fromMetricValue } from '#core/contract/numbers.ts';
import { timeAt, valueAt } from './client-log.ts';
import type { WritingClient } from './writing-client.ts';

export interface Verdict {
  readonly acked: number;
  readonly stored: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Stored, though never sent, or with other bits. */
  readonly foreign: readonly string[];
}

/** Reads back what one client wrote and holds it against the client's own log: acknowledged ⊆ stored ⊆ sent, each once. */
export async function judge(origin: string, writer: WritingClient): Promise<Verdict> {
  const { run, metric, log } = writer;
  const client = createClient(origin);
  const points = await client.readPoints({ params: { run }, query: { metric } });
  const counts = new Map<number, number>();
  const foreign: string[] = [];
  const sentUpTo = log.sent.reduce((end, batch) => Math.max(end, batch.firstStep + batch.points), 0);
  for (const [at, step] of points.steps.entries()) {
    counts.set(step, (counts.get(step) ?? 0) + 1);
    const value = fromMetricValue(points.values[at] ?? 'NaN');
    const isOurs =
      step < sentUpTo &&
      points.timesMicros[at] === timeAt(step) * 1000 &&
      Object.is(value, valueAt(metric, step));
    if (!isOurs) foreign.push(`${metric} step ${step} value ${value}`);
  }
  const lost: string[] = [];
  for (const batch of log.sent.filter((sent) => log.acked.has(sent.id))) {
    for (let step = batch.firstStep; step < batch.firstStep + batch.points; step += 1) {
      if (!counts.has(step)) lost.push(`${metric} step ${step} of batch ${batch.id}`);
    }
  }
  const doubled = [...counts].filter(([, count]) => count > 1).map(([step]) => `${metric} step ${step}`);
  await judgeSummary(client, writer, points.steps.length, foreign);
  const acked = log.sent.reduce((sum, batch) => sum + (log.acked.has(batch.id) ? batch.points : 0), 0);
  return { acked, stored: points.steps.length, lost, doubled, foreign };
}

/** The run's summary must be the fold of its history. */
async function judgeSummary(
  client: ReturnType<typeof createClient>,
  { run, metric }: WritingClient,
  stored: number,
  foreign: string[],
): Promise<void> {
  const { metrics } = await client.getRun({ params: { run } });
  const summary = metrics.find((candidate) => candidate.key === metric);
  const lastStep = stored - 1;
  if (stored > 0 && summary?.last.step !== lastStep) {
    foreign.push(`${metric}: the summary says step ${summary?.last.step}, the history ${lastStep}`);
  }
}

/** Several verdicts as one. */
export function together(verdicts: readonly Verdict[]): Verdict {
  return {
    acked: verdicts.reduce((sum, verdict) => sum + verdict.acked, 0),
    stored: verdicts.reduce((sum, verdict) => sum + verdict.stored, 0),
    lost: verdicts.flatMap((verdict) => verdict.lost),
    doubled: verdicts.flatMap((verdict) => verdict.doubled),
    foreign: verdicts.flatMap((verdict) => verdict.foreign),
  };
}
