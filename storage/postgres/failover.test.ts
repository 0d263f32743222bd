import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { commitOf, createRun, logPoints, runIdOf } from '#storage/conformance/sample-changes.ts';
import { openPostgresStore, type PostgresStore } from './postgres-store.ts';
import { CuttingProxy } from './testing/cutting-proxy.ts';
import { PostgresServer } from './testing/postgres-server.ts';

const RUN = runIdOf(1);
const OWNER = { kind: 'run', run: RUN } as const;

test('a synchronous standby that is promoted has all that was acknowledged, and the server goes on there', async () => {
  await using primary = await PostgresServer.start();
  await using standby = await primary.standby();
  await using proxy = await CuttingProxy.start(primary.port);
  await waitFor(primary, "SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'");
  await primary.query("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
  await primary.query('SELECT pg_reload_conf()');
  await waitFor(primary, "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'");
  const store = await openStore(proxy.through(primary.url()));
  await store.writer.commit(commitOf([createRun(RUN)]));
  const acknowledged: number[] = [];
  const end = new AbortController();
  const client = async (first: number): Promise<void> => {
    for (let step = first; !end.signal.aborted; step += 4) {
      try {
        await store.writer.commit(commitOf([logPoints(OWNER, [['loss', step, step]])]));
        acknowledged.push(step);
      } catch (error) {
        expect(error).toMatchObject({ code: 'unavailable', details: { retryAfterSeconds: 1 } });
        await sleep(20);
      }
    }
  };
  const clients = [0, 1, 2, 3].map(client);
  await sleep(500);
  await primary.stop('immediate');
  const before = acknowledged.length;
  // Until it is promoted it is a standby, which no commit goes to.
  proxy.moveTo(standby.port);
  await sleep(300);
  await standby.query('SELECT pg_promote()');
  while (acknowledged.length < before + 20) await sleep(20);
  end.abort();
  await Promise.all(clients);
  expect(before).toBeGreaterThan(4);
  const expected = acknowledged.toSorted((a, b) => a - b);
  expect(await stepsOf(store)).toEqual(expected);
  expect(await stepsOf(await openStore(standby.url()))).toEqual(expected);
}, 60_000);

async function waitFor(server: PostgresServer, sql: string): Promise<void> {
  while ((await server.query(sql)).length === 0) await sleep(20);
}

async function openStore(url: string): Promise<PostgresStore> {
  const blobs = await mkdtemp(join(tmpdir(), 'cairn-failover-'));
  const store = await openPostgresStore({
    url,
    blobs,
    onFatal: (error) => {
      throw error;
    },
  });
  onTestFinished(async () => {
    await store.close();
    await rm(blobs, { recursive: true });
  });
  return store;
}

async function stepsOf({ series }: PostgresStore): Promise<readonly number[]> {
  return [...(await series.read({ owner: OWNER, metric: 'loss' })).steps];
}
