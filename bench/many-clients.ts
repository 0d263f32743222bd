import { startServer } from '../tests/running-server.ts';
import { PEER, startMlflow } from './mlflow-peer.ts';
import type { Figure } from './report.ts';
import { runLoad, type Load, type LoadResult } from './run-load.ts';
import { median, quantile } from './statistics.ts';

/** 64 clients at once with 500 metrics a request, three requests each: what kills an MLflow server on its default pool. */
const LOAD: Load = { keys: 500, steps: 1, requests: 192, clients: 64 };
const ROUNDS = 3;

export async function manyClients(): Promise<Figure[]> {
  const server = await startServer({ args: ['--log-level', 'error'] });
  const figures = await measure('cairn', server, '0');
  const peer = await startMlflow();
  return peer ? [...figures, ...(await measure(PEER, peer))] : figures;
}

/** Loads a server some times and stops it. */
async function measure(
  who: string,
  server: { readonly origin: string; stop(): Promise<void> },
  asked?: string,
): Promise<Figure[]> {
  try {
    const rounds: LoadResult[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await runLoad(server.origin, LOAD));
    return figuresOf(who, rounds, asked);
  } finally {
    await server.stop();
  }
}

/** Failures of all rounds; of the times, the median of the rounds. */
function figuresOf(who: string, rounds: readonly LoadResult[], asked?: string): Figure[] {
  const bench = 'many-clients';
  const what = `${who}, 64 clients × 500 metrics`;
  const middle = (of: (round: LoadResult) => number) => median(rounds.map(of));
  return [
    {
      bench,
      what: `${what}: failed of ${LOAD.requests * ROUNDS}`,
      value: rounds.reduce((sum, { failed }) => sum + failed, 0),
      unit: 'requests',
      ...(asked !== undefined && { asked }),
    },
    { bench, what: `${what}: p50`, value: middle(({ times }) => quantile(times, 0.5)), unit: 'ms' },
    { bench, what: `${what}: p95`, value: middle(({ times }) => quantile(times, 0.95)), unit: 'ms' },
    {
      bench,
      what,
      value: middle(({ times, seconds }) => (times.length * LOAD.keys) / seconds),
      unit: 'points/s',
    },
  ];
}
