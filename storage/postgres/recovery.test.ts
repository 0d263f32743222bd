import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { commitOf, createRun, logPoints, runIdOf, setTags } from '#storage/conformance/sample-changes.ts';
import { postgresAddress } from '#storage/sql/postgres/postgres-address.ts';
import { PostgresConnection } from '#storage/sql/postgres/postgres-connection.ts';
import { openPostgresStore, type PostgresStore } from './postgres-store.ts';
import { CuttingProxy } from './testing/cutting-proxy.ts';
import { PostgresServer } from './testing/postgres-server.ts';

const RUN = runIdOf(1);
const OWNER = { kind: 'run', run: RUN } as const;
const SERIES = { owner: OWNER, metric: 'loss' } as const;
const UNAVAILABLE = { code: 'unavailable', details: { retryAfterSeconds: 1 } };

const START_TIMEOUT_MS = 60_000;

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
}, START_TIMEOUT_MS);
afterAll(() => server[Symbol.asyncDispose]());

test('while the database is away commits and reads are refused, and both go on when it is back', async () => {
  const store = await openStore((await server.freshDatabase()).url);
  await store.writer.commit(commitOf([createRun(RUN)]));
  await server.stop();
  await expect(logStep(store, 1)).rejects.toMatchObject(UNAVAILABLE);
  await expect(logStep(store, 2)).rejects.toMatchObject(UNAVAILABLE);
  await expect(store.catalog.files(OWNER, '')).rejects.toMatchObject(UNAVAILABLE);
  await server.restart();
  expect((await logStep(store, 3)).sequence).toBe(2);
  expect(await stepsOf(store)).toEqual([3]);
  expect(await store.catalog.files(OWNER, '')).toEqual([]);
});

test('a database that crashes under load loses nothing that was acknowledged and keeps nothing that was refused', async () => {
  const { url } = await server.freshDatabase();
  const store = await openStore(url);
  await store.writer.commit(commitOf([createRun(RUN)]));
  const acknowledged: number[] = [];
  const end = new AbortController();
  const client = async (first: number): Promise<void> => {
    for (let step = first; !end.signal.aborted; step += 4) {
      try {
        await logStep(store, step);
        acknowledged.push(step);
      } catch (error) {
        expect(error).toMatchObject(UNAVAILABLE);
        await sleep(20);
      }
    }
  };
  const clients = [0, 1, 2, 3].map(client);
  for (let crash = 0; crash < 2; crash += 1) {
    await sleep(300);
    await server.stop('immediate');
    await sleep(100);
    await server.restart();
  }
  await sleep(200);
  end.abort();
  await Promise.all(clients);
  expect(acknowledged.length).toBeGreaterThan(20);
  const expected = acknowledged.toSorted((a, b) => a - b);
  expect(await stepsOf(store)).toEqual(expected);
  await store.close();
  expect(await stepsOf(await openStore(url))).toEqual(expected);
});

test('a COMMIT that never arrived is refused and leaves nothing', async () => {
  const { store, proxy } = await storeBehindProxy();
  const isCut = proxy.cutAtCommit('before');
  await expect(logStep(store, 1)).rejects.toMatchObject(UNAVAILABLE);
  await isCut;
  expect(await stepsOf(store)).toEqual([]);
  expect((await logStep(store, 2)).sequence).toBe(2);
  expect(await stepsOf(store)).toEqual([2]);
});

test('a COMMIT whose answer was lost is acknowledged, because it was made', async () => {
  const { store, proxy } = await storeBehindProxy();
  const isCut = proxy.cutAtCommit('after');
  expect((await logStep(store, 1)).sequence).toBe(2);
  await isCut;
  expect((await logStep(store, 2)).sequence).toBe(3);
  expect(await stepsOf(store)).toEqual([1, 2]);
  expect((await store.catalog.run(RUN))?.tags.get('last')).toBe('2');
});

test('a COMMIT that arrives after its connection seemed to end is waited for', async () => {
  const { store, proxy } = await storeBehindProxy();
  const isCut = proxy.cutAtCommit('late');
  let isSettled = false;
  const receipt = logStep(store, 1).finally(() => {
    isSettled = true;
  });
  await isCut;
  await sleep(300);
  expect(isSettled).toBe(false);
  proxy.deliver();
  expect((await receipt).sequence).toBe(2);
  expect(await stepsOf(store)).toEqual([1]);
});

test('what a COMMIT came to stays unknown when the store closes before its database is back', async () => {
  const { url } = await server.freshDatabase();
  await using proxy = await CuttingProxy.start(server.port);
  const connection = await PostgresConnection.open(postgresAddress(proxy.through(url)));
  await connection.execute(connection.begin);
  const isCut = proxy.cutAtCommit('before');
  const commit = connection.execute('COMMIT').catch((error: unknown) => error);
  await server.stop();
  await isCut;
  await connection.close();
  const error = await commit;
  await server.restart();
  expect(connection.failureOf(error)).toBe('fatal');
});

test('a transaction whose connection ends is rolled back as a whole, none of it runs on the next one', async () => {
  const { url } = await server.freshDatabase();
  const connection = await PostgresConnection.open(postgresAddress(url));
  onTestFinished(() => connection.close());
  await connection.execute('CREATE TABLE t (a BIGINT)');
  await connection.execute(connection.begin);
  await connection.query('INSERT INTO t VALUES (?)', [1]);
  await server.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cairn'",
  );
  const outcomes = [
    await connection.query('INSERT INTO t VALUES (?)', [2]).catch((error: unknown) => error),
    await connection.query('INSERT INTO t VALUES (?)', [3]).catch((error: unknown) => error),
    await connection.execute('COMMIT').catch((error: unknown) => error),
  ];
  expect(outcomes.map((error) => connection.failureOf(error))).toEqual(['busy', 'busy', 'busy']);
  await connection.execute('ROLLBACK');
  expect(await connection.query('SELECT a FROM t')).toEqual([]);
});

/** A store that holds one run, and the proxy before its database. */
async function storeBehindProxy() {
  const { url } = await server.freshDatabase();
  const proxy = await CuttingProxy.start(server.port);
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  const store = await openStore(proxy.through(url));
  await store.writer.commit(commitOf([createRun(RUN)]));
  return { store, proxy };
}

async function openStore(url: string): Promise<PostgresStore> {
  const blobs = await mkdtemp(join(tmpdir(), 'cairn-recovery-'));
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

function logStep({ writer }: PostgresStore, step: number) {
  return writer.commit(
    commitOf([logPoints(OWNER, [['loss', step, step]]), setTags(RUN, { last: String(step) })]),
  );
}

async function stepsOf({ series }: PostgresStore): Promise<readonly number[]> {
  return [...(await series.read(SERIES)).steps];
}
