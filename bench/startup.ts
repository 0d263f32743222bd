import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '../tests/running-server.ts';
import { residentMb } from './process-cost.ts';
import type { Figure } from './report.ts';
import { median } from './statistics.ts';

const ROUNDS = 3;
const IDLE_MS = 10_000;

/** From spawning the process to the first answer, and what it holds when nobody asks anything. */
export async function startup(): Promise<Figure[]> {
  const times: number[] = [];
  const memory: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    const server = await startServer();
    times.push(performance.now() - start);
    await sleep(IDLE_MS);
    memory.push(residentMb(server.pid));
    await server.stop();
  }
  return [
    {
      bench: 'startup',
      what: 'server process to first answer',
      value: median(times),
      unit: 'ms',
      asked: '≤ 2,000 ms',
    },
    {
      bench: 'startup',
      what: 'idle memory after 10 s, all threads',
      value: median(memory),
      unit: 'MB',
      asked: '≤ 150 MB',
    },
  ];
}
