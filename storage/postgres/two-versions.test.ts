import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { DEFAULT_PROJECT } from '#core/domain/ids.ts';
import { commitOf, createRun, logPoints, runIdOf, setTags } from '#storage/conformance/sample-changes.ts';
import { openPostgresStore, type PostgresStore } from './postgres-store.ts';
import { PostgresServer } from './testing/postgres-server.ts';

const RUN = runIdOf(1);
const OWNER = { kind: 'run', run: RUN } as const;

const START_TIMEOUT_MS = 60_000;

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
}, START_TIMEOUT_MS);
afterAll(() => server[Symbol.asyncDispose]());

test('a server that runs while a newer one adds to the schema goes on, and nobody meets the change', async () => {
  const { url } = await server.freshDatabase();
  const database = new URL(url).pathname.slice(1);
  const store = await openStore(url);
  await store.writer.commit(commitOf([createRun(RUN), setTags(RUN, { a: 'b' })]));
  // Each statement was asked before, on each of the connections.
  for (let round = 0; round < 3; round += 1) await readAll(store);
  const tables = await server.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", database);
  for (const { tablename } of tables) {
    await server.query(`ALTER TABLE ${String(tablename)} ADD COLUMN later BIGINT`, database);
  }
  await readAll(store);
  // The first commit may be refused, as by a database that restarted; the next is not.
  const again = () => store.writer.commit(commitOf([setTags(runIdOf(1), { a: 'c' }), createRun(runIdOf(2))]));
  await again().catch((error: unknown) => {
    expect(error).toMatchObject({ code: 'unavailable' });
    return again();
  });
  const logged = logPoints(OWNER, [['loss', 1, 1]]);
  await store.writer.commit(commitOf([logged]));
  expect((await store.catalog.run(RUN))?.tags.get('a')).toBe('c');
  expect([...(await store.series.read({ owner: OWNER, metric: 'loss' })).steps]).toEqual([1]);
});

async function readAll({ catalog, identity }: PostgresStore): Promise<void> {
  // More than the connections, so that all of them are used.
  for (const reads of [
    () => catalog.projects('default' as never, 'all'),
    () => catalog.projectByName('default' as never, 'Default'),
    () => catalog.files(OWNER, ''),
    () => catalog.models([DEFAULT_PROJECT]),
    () => identity.accounts(),
  ] as const) {
    await Promise.all(Array.from({ length: 12 }, (): Promise<unknown> => reads()));
  }
}

async function openStore(url: string): Promise<PostgresStore> {
  const blobs = await mkdtemp(join(tmpdir(), 'cairn-versions-'));
  onTestFinished(() => rm(blobs, { recursive: true }));
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
