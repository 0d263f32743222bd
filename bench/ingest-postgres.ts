import { PostgresServer } from '../storage/postgres/testing/postgres-server.ts';
import { ingestFigures, SHAPES, type Shape } from './ingest.ts';
import type { Figure } from './report.ts';
import { twoServerFigures } from './two-servers.ts';

const ASKED: Readonly<Record<string, string>> = { 'log-batch 10 keys × 100 steps': '≥ 300,000 points/s' };

/**
 * The shapes of `ingest` on a server that keeps its store in PostgreSQL: settings as they come, durable commits, on the
 * same machine, so that its CPU time is taken from the server and the load generator.
 */
export async function ingestPostgres(): Promise<Figure[]> {
  const postgres = await PostgresServer.start();
  try {
    const shapes = SHAPES.map(({ what, load }): Shape => {
      const asked = ASKED[what];
      return { what: `PostgreSQL: ${what}`, load, ...(asked !== undefined && { asked }) };
    });
    const figures = await ingestFigures('ingest-postgres', shapes, async () => {
      const { url } = await postgres.freshDatabase();
      return { CAIRN_DATABASE: url };
    });
    return [...figures, ...(await twoServerFigures(postgres))];
  } finally {
    await postgres[Symbol.asyncDispose]();
  }
}
