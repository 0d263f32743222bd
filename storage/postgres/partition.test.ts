import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { commitOf, createRun, logPoints, runIdOf } from '#storage/conformance/sample-changes.ts';
import { openPostgresStore, type PostgresStore } from './postgres-store.ts';
import { CuttingProxy } from './testing/cutting-proxy.ts';
import { PostgresServer } from './testing/postgres-server.ts';

// Networks that say nothing: no byte, no end of a connection. Nothing here waits for the limits of a real store.
const PATIENCE = { connectMs: 1200, statementMs: 1200 };
const RUN = runIdOf(1);
const OWNER = { kind: 'run', run: RUN } as const;
const SERIES = { owner: OWNER, metric: 'loss' } as const;
const UNAVAILABLE = { code: 'unavailable' };

const START_TIMEOUT_MS = 60_000;

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
}, START_TIMEOUT_MS);
afterAll(() => server[Symbol.asyncDispose]());

test('in a partition commits and reads are refused instead of waiting, and go on by themselves after it', async () => {
  const { store, proxy, url } = await storeBehindProxy();
  await logStep(store, 1);
  proxy.swallow();
  await expect(logStep(store, 2)).rejects.toMatchObject(UNAVAILABLE);
  // On a connection that is made anew, and is swallowed, too.
  await expect(logStep(store, 3)).rejects.toMatchObject(UNAVAILABLE);
  await expect(store.catalog.files(OWNER, '')).rejects.toMatchObject(UNAVAILABLE);
  expect(await store.isReachable()).toBe(false);
  proxy.heal();
  expect((await logged(store, 4)).sequence).toBe(3);
  expect(await stepsOf(store)).toEqual([1, 4]);
  expect(await stepsOf(await openStore(url))).toEqual([1, 4]);
});

test('a COMMIT that a partition swallowed is refused once that is known; what waits behind it is refused before', async () => {
  const { store, proxy } = await storeBehindProxy();
  const isSwallowed = proxy.cutAtCommit('swallowed');
  const within = settled(logStep(store, 1));
  await isSwallowed;
  await expect(logStep(store, 2)).rejects.toMatchObject(UNAVAILABLE);
  expect(within.isSettled()).toBe(false);
  proxy.heal();
  await expect(within.outcome).rejects.toMatchObject(UNAVAILABLE);
  expect((await logged(store, 3)).sequence).toBe(2);
  expect(await stepsOf(store)).toEqual([3]);
});

test('a COMMIT whose answer a partition swallowed is acknowledged once that is known, and is there once', async () => {
  const { store, proxy, url } = await storeBehindProxy();
  const isSwallowed = proxy.cutAtCommit('unheard');
  const within = settled(logStep(store, 1));
  await isSwallowed;
  await expect(logStep(store, 2)).rejects.toMatchObject(UNAVAILABLE);
  expect(within.isSettled()).toBe(false);
  proxy.heal();
  expect((await within.outcome).sequence).toBe(2);
  expect((await logged(store, 3)).sequence).toBe(3);
  expect(await stepsOf(store)).toEqual([1, 3]);
  expect(await stepsOf(await openStore(url))).toEqual([1, 3]);
});

test('partitions that come and go under load lose nothing and double nothing', async () => {
  const { store, proxy, url } = await storeBehindProxy();
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
  for (const how of ['swallowed', 'unheard', 'swallowed'] as const) {
    await sleep(200);
    await proxy.cutAtCommit(how);
    await sleep(PATIENCE.statementMs);
    proxy.heal();
  }
  await sleep(300);
  end.abort();
  await Promise.all(clients);
  const expected = acknowledged.toSorted((a, b) => a - b);
  expect(expected.length).toBeGreaterThan(20);
  expect(await stepsOf(store)).toEqual(expected);
  expect(await stepsOf(await openStore(url))).toEqual(expected);
}, 30_000);

test('a store closes within a partition', async () => {
  const { store, proxy } = await storeBehindProxy();
  proxy.swallow();
  await expect(logStep(store, 1)).rejects.toMatchObject(UNAVAILABLE);
  await store.close();
  await expect(logStep(store, 2)).rejects.toMatchObject(UNAVAILABLE);
});

test('a start within a partition is refused in a clear line', async () => {
  const { url } = await server.freshDatabase();
  await using proxy = await CuttingProxy.start(server.port);
  proxy.swallow();
  await expect(openStore(proxy.through(url))).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(/^No connection to the database 127\.0\.0\.1:\d+\/test_\d+: timeout/),
  });
});

/** A store that holds one run, the proxy before its database, and the way past the proxy. */
async function storeBehindProxy() {
  const { url } = await server.freshDatabase();
  const proxy = await CuttingProxy.start(server.port);
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  const store = await openStore(proxy.through(url));
  await store.writer.commit(commitOf([createRun(RUN)]));
  return { store, proxy, url };
}

async function openStore(url: string): Promise<PostgresStore> {
  const blobs = await mkdtemp(join(tmpdir(), 'cairn-partition-'));
  onTestFinished(() => rm(blobs, { recursive: true, force: true }));
  const store = await openPostgresStore({
    url,
    blobs,
    patience: PATIENCE,
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

/** As a client that tries again: a connection that was swallowed may have to be noticed first. */
async function logged(store: PostgresStore, step: number) {
  for (;;) {
    try {
      return await logStep(store, step);
    } catch (error) {
      expect(error).toMatchObject(UNAVAILABLE);
      await sleep(20);
    }
  }
}

function settled<Result>(outcome: Promise<Result>) {
  let isSettled = false;
  const done = (): void => {
    isSettled = true;
  };
  outcome.then(done, done);
  return { outcome, isSettled: () => isSettled };
}

async function stepsOf({ series }: PostgresStore): Promise<readonly number[]> {
  return [...(await series.read(SERIES)).steps];
}
