import { startServer } from '../tests/running-server.ts';
import { PEER, startMlflow } from './mlflow-peer.ts';
import { cpuSeconds } from './process-cost.ts';
import type { Figure } from './report.ts';
import { runLoad, type Load } from './run-load.ts';
import { median } from './statistics.ts';

/** A load with its name; `asked` is what it should reach. */
export interface Shape {
  readonly what: string;
  readonly load: Load;
  readonly asked?: string;
}

const ROUNDS = 3;
/** `peerRequests`: how many of the same requests the MLflow server gets; it needs minutes for ours. */
export const SHAPES: ReadonlyArray<Shape & { readonly peerRequests: number }> = [
  {
    what: 'log-batch 10 keys × 100 steps',
    load: { keys: 10, steps: 100, requests: 1500, clients: 32 },
    peerRequests: 32,
    asked: '≥ 300,000 points/s',
  },
  {
    what: 'log-batch 1000 keys × 1 step',
    load: { keys: 1000, steps: 1, requests: 600, clients: 32 },
    peerRequests: 32,
  },
  {
    what: 'log-metric, one point a request',
    load: { keys: 1, steps: 1, requests: 30_000, clients: 64, isSingle: true },
    peerRequests: 256,
  },
];
/** Fewer at once than ours: what it does with many is the figure of many-clients. */
const PEER_CLIENTS = 8;

/** Durable points per second from HTTP to fsync, and per CPU second of the server; a real MLflow server beside it. */
export async function ingest(): Promise<Figure[]> {
  return [...(await ingestFigures('ingest', SHAPES)), ...(await peerFigures())];
}

/** `settings` gives further settings of a server, one call for each that is started. */
export async function ingestFigures(
  bench: string,
  shapes: readonly Shape[],
  settings: () => Promise<Readonly<Record<string, string>>> = async () => ({}),
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { what, load, asked } of shapes) {
    const rounds: { wall: number; perCpu: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(load, await settings()));
    const wall = { bench, what, value: median(rounds.map((one) => one.wall)), unit: 'points/s' };
    figures.push({ ...wall, ...(asked !== undefined && { asked }) });
    figures.push({
      bench,
      what: `${what}, per CPU second`,
      value: median(rounds.map((one) => one.perCpu)),
      unit: 'points/s',
    });
  }
  return figures;
}

async function peerFigures(): Promise<Figure[]> {
  const peer = await startMlflow();
  if (!peer) return [];
  const figures: Figure[] = [];
  try {
    for (const { what, load, peerRequests } of SHAPES) {
      const rates: number[] = [];
      let refused = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        const smaller = { ...load, requests: peerRequests, clients: PEER_CLIENTS };
        const { seconds, times, failed } = await runLoad(peer.origin, smaller);
        rates.push((times.length * load.keys * load.steps) / seconds);
        refused += failed;
      }
      const note = refused > 0 ? `, ${refused} of ${peerRequests * ROUNDS} requests failed` : '';
      figures.push({
        bench: 'ingest',
        what: `${PEER}: ${what}${note}`,
        value: median(rates),
        unit: 'points/s',
      });
    }
  } finally {
    await peer.stop();
  }
  return figures;
}

async function measure(
  load: Load,
  env: Readonly<Record<string, string>>,
): Promise<{ wall: number; perCpu: number }> {
  const server = await startServer({ args: ['--log-level', 'error'], env });
  try {
    await runLoad(server.origin, { ...load, requests: Math.ceil(load.requests / 10) });
    const before = cpuSeconds(server.pid);
    const { seconds, failed } = await runLoad(server.origin, load);
    if (failed > 0) throw new Error(`${failed} requests failed`);
    const points = load.requests * load.keys * load.steps;
    return { wall: points / seconds, perCpu: points / (cpuSeconds(server.pid) - before) };
  } finally {
    await server.stop();
  }
}
