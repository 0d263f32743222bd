import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { commitOf, createRun, logPoints, runIdOf } from '#storage/conformance/sample-changes.ts';
import { openPostgresStore, type PostgresStore } from './postgres-store.ts';
import { PostgresServer } from './testing/postgres-server.ts';

// A database that has no connection left, and one that gives a transaction up.
const MOST_CONNECTIONS = 10;
const RUN = runIdOf(1);
const OWNER = { kind: 'run', run: RUN } as const;
const SERIES = { owner: OWNER, metric: 'loss' } as const;
const UNAVAILABLE = { code: 'unavailable', details: { retryAfterSeconds: 1 } };

const START_TIMEOUT_MS = 60_000;

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start(`max_connections=${MOST_CONNECTIONS}`);
}, START_TIMEOUT_MS);
afterAll(() => server[Symbol.asyncDispose]());

test('a start on a database without a free connection says so, and succeeds when there is one', async () => {
  const { url } = await server.freshDatabase();
  const others = await takeAll(url);
  await expect(openStore(url)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('too many clients'),
  });
  await others.leave();
  await expect(openStore(url)).resolves.toBeDefined();
});

test('a server that runs when connections end refuses what needs a new one, loses nothing, and recovers by itself', async () => {
  const { url } = await server.freshDatabase();
  const store = await openStore(url);
  await store.writer.commit(commitOf([createRun(RUN)]));
  await logStep(store, 1);
  const others = await takeAll(url);
  // What it holds goes on serving.
  await logStep(store, 2);
  // It may be the first to take a connection that ended; then once more.
  do {
    await others.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cairn'",
    );
    await others.takeRest();
  } while ((await others.count("application_name = 'cairn'")) > 0);
  await expect(logStep(store, 3)).rejects.toMatchObject(UNAVAILABLE);
  await expect(store.catalog.files(OWNER, '')).rejects.toMatchObject({ code: 'unavailable' });
  await others.leave();
  await logStep(store, 4);
  expect([...(await store.series.read(SERIES)).steps]).toEqual([1, 2, 4]);
});

test('many reads at once take a few connections, and leave none behind', async () => {
  const { url } = await server.freshDatabase();
  const store = await openStore(url);
  await store.writer.commit(commitOf([createRun(RUN)]));
  const reads = Array.from({ length: 300 }, () => store.catalog.files(OWNER, ''));
  await Promise.all(reads);
  const held = "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'cairn'";
  const [during] = await server.query(held);
  expect(during?.['n']).toBeLessThanOrEqual(5);
  await store.close();
  while ((await server.query(held))[0]?.['n'] !== 0) await sleep(20);
});

test('a commit that the database gives up as a deadlock is refused and leaves nothing', async () => {
  const { url } = await server.freshDatabase();
  // Whose patience ends first is given up. The server's ends late enough for the other to wait as well, and before the other's.
  await server.query(`ALTER DATABASE "${new URL(url).pathname.slice(1)}" SET deadlock_timeout = '4s'`);
  const store = await openStore(url);
  await store.writer.commit(commitOf([createRun(RUN)]));
  const other = new Client({ connectionString: url });
  await other.connect();
  onTestFinished(() => other.end());
  await other.query("SET deadlock_timeout = '1min'");
  await other.query('BEGIN; SELECT * FROM commit_log_end FOR UPDATE');
  // It holds its writer's row and waits for the log, whose lock the other holds.
  const refused = logStep(store, 1).catch((error: unknown) => error);
  while (!(await isWaiting())) await sleep(10);
  await other.query('SELECT * FROM store_writer FOR UPDATE');
  expect(await refused).toMatchObject(UNAVAILABLE);
  await other.query('ROLLBACK');
  await logStep(store, 2);
  expect([...(await store.series.read(SERIES)).steps]).toEqual([2]);
});

async function isWaiting(): Promise<boolean> {
  const [row] = await server.query(
    "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'cairn' AND wait_event_type = 'Lock'",
  );
  return row?.['n'] === 1;
}

/** Others that hold every connection that is left. */
async function takeAll(url: string) {
  const clients: Client[] = [];
  const takeRest = async (): Promise<void> => {
    for (;;) {
      const client = new Client({ connectionString: url });
      client.on('error', () => undefined);
      try {
        await client.connect();
        clients.push(client);
      } catch {
        // A connection that just ended is not free at once.
        if (clients.length >= MOST_CONNECTIONS) return;
        await sleep(20);
        if (await isFull()) return;
      }
    }
  };
  const count = async (which: string): Promise<number> => {
    const sql = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE ${which}`;
    return (await clients[0]?.query<{ n: number }>(sql))?.rows[0]?.n ?? 0;
  };
  const isFull = async (): Promise<boolean> =>
    (await count("backend_type = 'client backend'")) === MOST_CONNECTIONS;
  await takeRest();
  const leave = async (): Promise<void> => {
    await Promise.all(clients.splice(0).map((client) => client.end()));
  };
  onTestFinished(leave);
  return { takeRest, leave, count, query: async (sql: string) => clients[0]?.query(sql) };
}

async function openStore(url: string): Promise<PostgresStore> {
  const blobs = await mkdtemp(join(tmpdir(), 'cairn-limits-'));
  onTestFinished(() => rm(blobs, { recursive: true, force: true }));
  const store = await openPostgresStore({
    url,
    blobs,
    onFatal: (error) => {
      throw error;
    },
  });
  onTestFinished(() => store.close());
  return store;
}

function logStep({ writer }: PostgresStore, step: number) {
  return writer.commit(commitOf([logPoints(OWNER, [['loss', step, step]])]));
}
