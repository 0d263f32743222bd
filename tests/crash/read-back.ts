import { createClient } from '#core/contract/client.ts';
import { fromMetricValue } from '#core/contract/numbers.ts';
import { judge, type Verdict } from './oracle.ts';
import type { WritingClient } from './writing-client.ts';

const MOST_RUNS = 50_000;

/** Reads all that one client wrote from a running server and judges it by the client's log. */
export async function readBack(origin: string, { run, metric, log }: WritingClient): Promise<Verdict> {
  const client = createClient(origin);
  const columns = await client.readPoints({ params: { run }, query: { metric } });
  const points = columns.steps.map((step, at) => ({
    step,
    time: columns.timesMicros[at] ?? Number.NaN,
    value: fromMetricValue(columns.values[at] ?? 'NaN'),
  }));
  const { runs, total } = await client.searchRuns({
    body: { projects: ['0'], filter: `tags.writer = '${metric}'`, view: 'all', limit: MOST_RUNS },
  });
  if (total > MOST_RUNS)
    throw new Error(`${total} runs are more than one page: the oracle would not see all`);
  return judge(log, metric, {
    run: await client.getRun({ params: { run } }),
    points,
    created: runs.filter(({ id }) => id !== run),
  });
}
