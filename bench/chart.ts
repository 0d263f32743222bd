import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '#core/contract/client.ts';
import { decodeSeriesFrame } from '#core/contract/series-frame.ts';
import { runId } from '#core/domain/ids.ts';
import { openSqliteStore } from '#storage/embedded/embedded-store.ts';
import { startServer } from '../tests/running-server.ts';
import { cpuSeconds } from './process-cost.ts';
import type { Figure } from './report.ts';
import { median } from './statistics.ts';

const POINTS = 1_000_000;
const PER_REQUEST = 100_000;
const ROUNDS = 25;

/** One series of a million points as 1500 pixel columns, over HTTP: the whole of it, and a zoom to one per cent. */
export async function chart(): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cairn-chart-'));
  try {
    const { run, figures } = await chartOverHttp(dataDir);
    return [...figures, await chartOfStore(dataDir, run)];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function chartOverHttp(dataDir: string): Promise<{ run: string; figures: Figure[] }> {
  const server = await startServer({ dataDir, args: ['--log-level', 'error'] });
  try {
    const client = createClient(server.origin);
    const { id: run } = await client.createRun({ body: { project: '0' } });
    for (let first = 0; first < POINTS; first += PER_REQUEST) {
      const steps = Array.from({ length: PER_REQUEST }, (_, at) => first + at);
      const values = steps.map((step) =>
        Math.fround(Math.exp(-step / 2e5) + 0.05 * Math.sin(step * 12.9898) * Math.cos(step * 78.233)),
      );
      const timesMicros = steps.map((step) => 1_795_000_000_000_000 + step * 100_000);
      await client.logToRun({
        params: { run },
        body: { points: [{ metric: 'loss', steps, timesMicros, values }] },
      });
    }
    const ask = async (what: string, x: 'step' | 'time', range?: [number, number]): Promise<Figure[]> => {
      const times: number[] = [];
      const before = cpuSeconds(server.pid);
      for (let round = 0; round < ROUNDS; round += 1) {
        const start = performance.now();
        const frame = await client.readSeries({
          body: { items: [{ run, metric: 'loss' }], x, pixels: 1500, ...(range && { range }) },
        });
        times.push(performance.now() - start);
        const points = decodeSeriesFrame(frame)[0]?.points ?? 0;
        if (points !== (range ? range[1] - range[0] + 1 : POINTS)) {
          throw new Error(`the chart was computed from ${points} points`);
        }
      }
      const cpu = ((cpuSeconds(server.pid) - before) * 1000) / ROUNDS;
      return [
        { bench: 'chart', what: `${what}, request to frame`, value: median(times), unit: 'ms' },
        { bench: 'chart', what: `${what}, at the server (CPU)`, value: cpu, unit: 'ms', asked: '≤ 60 ms' },
      ];
    };
    const figures = [
      ...(await ask('1 M points, 1500 px, by step', 'step')),
      ...(await ask('1 M points, 1500 px, by time', 'time')),
      ...(await ask('zoom to 1 %', 'step', [500_000, 510_000])),
    ];
    return { run, figures };
  } finally {
    await server.stop();
  }
}

/** The same picture from the store alone, in this process: what is left of the time without HTTP and framing. */
async function chartOfStore(directory: string, run: string): Promise<Figure> {
  const onFatal = (error: unknown): never => {
    throw error;
  };
  const store = await openSqliteStore({ directory, onFatal });
  try {
    const series = { owner: { kind: 'run' as const, run: runId(run) }, metric: 'loss' };
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      const { points } = await store.series.buckets({ series, x: 'step', pixels: 1500 });
      times.push(performance.now() - start);
      if (points !== POINTS) throw new Error(`the chart was computed from ${points} points`);
    }
    return {
      bench: 'chart',
      what: '1 M points, 1500 px, by step, store alone',
      value: median(times),
      unit: 'ms',
    };
  } finally {
    await store.close();
  }
}
