import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { ProjectId } from '#core/domain/ids.ts';
import {
  commitOf,
  createProject,
  createRun,
  logPoints,
  runIdOf,
} from '#storage/conformance/sample-changes.ts';
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

test('a store that is opened again is the same one and has everything, sealed or not', async () => {
  const { url } = await server.freshDatabase();
  const first = await openStore(url);
  await first.writer.commit(
    commitOf([
      createProject('x', 'a'),
      createRun(RUN, { project: 'a' as ProjectId }),
      logPoints(OWNER, [['loss', 1, NaN]]),
    ]),
  );
  await first.close();
  const second = await openStore(url);
  expect(second.id).toBe(first.id);
  expect(second.feed.latest()).toBe(1);
  expect([...(await second.series.read({ owner: OWNER, metric: 'loss' })).values]).toEqual([NaN]);
  expect((await second.writer.commit(commitOf([]))).sequence).toBe(2);
  expect(await second.databaseBytes()).toBeGreaterThan(1_000_000);
});

test('servers that start at once on an empty database migrate it once and agree on its identity', async () => {
  const { url } = await server.freshDatabase();
  const stores = await Promise.all([openStore(url), openStore(url), openStore(url)]);
  expect(new Set(stores.map(({ id }) => id)).size).toBe(1);
});

test('a store of a newer version is left alone', async () => {
  const { url } = await server.freshDatabase();
  await (await openStore(url)).close();
  const database = new URL(url).pathname.slice(1);
  await server.query("INSERT INTO schema_migration VALUES ('catalog-9999', 0)", database);
  await expect(openStore(url)).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining("'catalog-9999'"),
  });
  await server.query("DELETE FROM schema_migration WHERE name = 'catalog-9999'", database);
});

test('a database that would lose commits or texts is refused', async () => {
  await using careless = await PostgresServer.start('fsync=off');
  await expect(openStore(careless.url())).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('fsync=off'),
  });
  await server.query("CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0");
  await expect(openStore(server.url('ascii'))).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('SQL_ASCII'),
  });
});

test('a database whose default is not to wait for the disk is told to wait', async () => {
  const { url } = await server.freshDatabase();
  const database = new URL(url).pathname.slice(1);
  await server.query(`ALTER DATABASE ${database} SET synchronous_commit = off`);
  onTestFinished(async () => {
    await server.query(`ALTER DATABASE ${database} RESET synchronous_commit`);
  });
  const store = await openStore(url);
  expect((await store.writer.commit(commitOf([]))).sequence).toBe(1);
});

test.each([
  ['a wrong password', (url: URL) => Object.assign(url, { password: 'hunter2-secret' })],
  ['no database of that name', (url: URL) => Object.assign(url, { pathname: '/nowhere' })],
  ['nobody listening', (url: URL) => Object.assign(url, { port: '1' })],
])('%s is told without the password', async (_, change) => {
  const url = new URL(server.url());
  const secrets = [url.password];
  change(url);
  secrets.push(url.password);
  const error: unknown = await openStore(url.href).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'unavailable', message: expect.stringContaining(url.host) });
  for (const secret of secrets) expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
});

test('what is no address of a PostgreSQL is refused without showing it', async () => {
  for (const url of ['mysql://ada:hunter2@db/x', 'postgres//ada:hunter2@db', 'hunter2']) {
    const error: unknown = await openStore(url).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'invalid' });
    expect(inspect(error)).not.toContain('hunter2');
  }
});

async function openStore(url: string): Promise<PostgresStore> {
  const blobs = await mkdtemp(join(tmpdir(), 'cairn-opening-'));
  onTestFinished(() => rm(blobs, { recursive: true, force: true }));
  const store = await openPostgresStore({ url, blobs, onFatal: () => undefined });
  onTestFinished(() => store.close());
  return store;
}
