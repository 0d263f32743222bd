import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '../tests/running-server.ts';
import { homePageBytes } from './home-page.ts';
import { residentMb } from './process-cost.ts';
import type { Figure } from './report.ts';
import { median } from './statistics.ts';

const ROUNDS = 3;
const IDLE_MS = 10_000;

/**
 * From spawning the process to the first answer of /health, on a new data directory and on one that is there; what the
 * server holds when nobody asks anything; and what a browser loads for the home page.
 */
export async function startup(): Promise<Figure[]> {
  const first: number[] = [];
  const next: number[] = [];
  const memory: number[] = [];
  let home: number | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    const server = await startServer();
    try {
      first.push(performance.now() - start);
      await sleep(IDLE_MS);
      memory.push(residentMb(server.pid));
      home ??= await homePageBytes(server.origin);
      await server.kill('SIGTERM');
      const again = performance.now();
      await server.restart();
      next.push(performance.now() - again);
    } finally {
      await server.stop();
    }
  }
  const bench = 'startup';
  return [
    { bench, what: 'new data directory, process to /health', value: median(first), unit: 'ms' },
    { bench, what: 'next start, process to /health', value: median(next), unit: 'ms', asked: '≤ 2,000 ms' },
    {
      bench,
      what: 'idle memory after 10 s, all threads',
      value: median(memory),
      unit: 'MB',
      asked: '≤ 150 MB',
    },
    ...(home === undefined
      ? []
      : [{ bench, what: 'home page, HTML and what it names', value: home / 1000, unit: 'kB' }]),
  ];
}
