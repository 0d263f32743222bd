import { startServer } from '../tests/running-server.ts';
import { startMlflow } from './mlflow-peer.ts';
import type { Figure } from './report.ts';
import { runLoad, type Load, type LoadResult } from './run-load.ts';
import { quantile } from './statistics.ts';

/** 64 clients with 500 metrics a request, three requests each: what kills an MLflow server on its default pool. */
const LOAD: Load = { keys: 500, steps: 1, requests: 192, clients: 64 };

export async function manyClients(): Promise<Figure[]> {
  const server = await startServer({ args: ['--log-level', 'error'] });
  const ours = await runLoad(server.origin, LOAD);
  await server.stop();
  const figures = figuresOf('cairn', ours, '0');
  const peer = await startMlflow();
  if (!peer) return figures;
  const theirs = await runLoad(peer.origin, LOAD);
  await peer.stop();
  return [...figures, ...figuresOf('mlflow server 3.17.2', theirs)];
}

function figuresOf(who: string, { failed, times, seconds }: LoadResult, asked?: string): Figure[] {
  const bench = 'many-clients';
  const what = `${who}, 64 clients × 500 metrics`;
  return [
    {
      bench,
      what: `${what}: failed of ${LOAD.requests}`,
      value: failed,
      unit: 'requests',
      ...(asked !== undefined && { asked }),
    },
    { bench, what: `${what}: p50`, value: quantile(times, 0.5), unit: 'ms' },
    { bench, what: `${what}: p95`, value: quantile(times, 0.95), unit: 'ms' },
    { bench, what, value: (times.length * LOAD.keys) / seconds, unit: 'points/s' },
  ];
}
