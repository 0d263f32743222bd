import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresServer } from '../storage/postgres/testing/postgres-server.ts';
import { startServer, type RunningServer } from '../tests/running-server.ts';
import { SHAPES } from './ingest.ts';
import { cpuSeconds } from './process-cost.ts';
import type { Figure } from './report.ts';
import { runLoad, type Load } from './run-load.ts';
import { median } from './statistics.ts';

const ROUNDS = 5;
/** As many requests as are measured: each of two servers compiles the same code and sees half of them. */
const WARM_UP = 1;

/**
 * What one server and two servers on one database take of the same load. In each round both are measured on a database
 * of their own, one after the other and by turns first, so that a machine that is busy is busy for both. What the
 * servers take of the processor for a million points says the same where the machine is not theirs alone.
 */
export async function twoServerFigures(postgres: PostgresServer): Promise<Figure[]> {
  const bench = 'ingest-postgres';
  const figures: Figure[] = [];
  for (const { what, load } of SHAPES) {
    const rounds: { readonly one: Measured; readonly two: Measured }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const measure = (count: number): Promise<Measured> => measured(postgres, load, count);
      if (round % 2 === 0) rounds.push({ one: await measure(1), two: await measure(2) });
      else {
        const two = await measure(2);
        rounds.push({ one: await measure(1), two });
      }
    }
    const say = (name: string, value: number, rest: Pick<Figure, 'unit' | 'asked'>): void => {
      figures.push({ bench, what: `PostgreSQL, ${name}: ${what}`, value, ...rest });
    };
    const of = (value: (round: (typeof rounds)[number]) => number): number => median(rounds.map(value));
    say(
      'two servers',
      of(({ two }) => two.rate),
      { unit: 'points/s' },
    );
    say(
      'two servers over one',
      of(({ one, two }) => two.rate / one.rate),
      { unit: '×', asked: '≥ 0.9' },
    );
    say(
      'CPU of one server',
      of(({ one }) => one.cpu),
      { unit: 's a million points' },
    );
    say(
      'CPU of two servers together',
      of(({ two }) => two.cpu),
      { unit: 's a million points' },
    );
  }
  return figures;
}

interface Measured {
  /** Points per second. */
  readonly rate: number;
  /** CPU seconds of all servers for a million points. */
  readonly cpu: number;
}

/** Of servers on a fresh database that share a folder. */
async function measured(postgres: PostgresServer, load: Load, count: number): Promise<Measured> {
  const { url, release } = await postgres.freshDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
  const servers: RunningServer[] = [];
  try {
    // One after the other: they say in the same file where they listen.
    for (let at = 0; at < count; at += 1) {
      const options = { dataDir, args: ['--log-level', 'error'], env: { CAIRN_DATABASE: url } };
      servers.push(await startServer(options));
    }
    const origins = servers.map(({ origin }) => origin).join(',');
    await runLoad(origins, { ...load, requests: Math.ceil(load.requests * WARM_UP) });
    const spent = (): number => servers.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
    const before = spent();
    const { seconds, failed } = await runLoad(origins, load);
    if (failed > 0) throw new Error(`${failed} requests failed`);
    const points = load.requests * load.keys * load.steps;
    return { rate: points / seconds, cpu: (spent() - before) / (points / 1e6) };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    release();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
