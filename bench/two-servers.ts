import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresServer } from '../storage/postgres/testing/postgres-server.ts';
import { startServer, type RunningServer } from '../tests/running-server.ts';
import { SHAPES } from './ingest.ts';
import type { Figure } from './report.ts';
import { runLoad, type Load } from './run-load.ts';
import { median } from './statistics.ts';

const ROUNDS = 5;
const WARM_UP = 0.1;

/**
 * What one server and two servers on one database take of the same load. In each round both are measured on a database
 * of their own, one after the other and by turns first, so that a machine that is busy is busy for both.
 */
export async function twoServerFigures(postgres: PostgresServer): Promise<Figure[]> {
  const bench = 'ingest-postgres';
  const figures: Figure[] = [];
  for (const { what, load } of SHAPES) {
    const rates: { readonly one: number; readonly two: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const rate = { one: 0, two: 0 };
      for (const which of round % 2 === 0 ? (['one', 'two'] as const) : (['two', 'one'] as const)) {
        rate[which] = await pointsPerSecond(postgres, load, which === 'one' ? 1 : 2);
      }
      rates.push(rate);
    }
    const two = { value: median(rates.map((rate) => rate.two)), unit: 'points/s' };
    figures.push({ bench, what: `PostgreSQL, two servers: ${what}`, ...two });
    const ratio = { value: median(rates.map((rate) => rate.two / rate.one)), unit: '×', asked: '≥ 0.9' };
    figures.push({ bench, what: `PostgreSQL, two servers over one: ${what}`, ...ratio });
  }
  return figures;
}

/** Of servers on a fresh database that share a folder. */
async function pointsPerSecond(postgres: PostgresServer, load: Load, count: number): Promise<number> {
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
    const { seconds, failed } = await runLoad(origins, load);
    if (failed > 0) throw new Error(`${failed} requests failed`);
    return (load.requests * load.keys * load.steps) / seconds;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    release();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
