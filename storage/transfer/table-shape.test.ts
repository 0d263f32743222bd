import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { freshFolder } from '#storage/care/testing/stores.ts';
import { storeMigrations } from '#storage/embedded/schema.ts';
import { openPostgresStore } from '#storage/postgres/postgres-store.ts';
import { PostgresServer } from '#storage/postgres/testing/postgres-server.ts';
import { migrate } from '#storage/sql/migrations.ts';
import { postgresAddress } from '#storage/sql/postgres/postgres-address.ts';
import { PostgresReaders } from '#storage/sql/postgres/postgres-readers.ts';
import type { Connection } from '#storage/sql/connection.ts';
import { SqliteConnection } from '#storage/sql/sqlite/sqlite-connection.ts';
import { KEPT_APART } from './kept-apart.ts';
import { assertAlike, readShapes, tableNames } from './table-shape.ts';

/** Those that exist only while a transfer is under way. */
const OF_TRANSFERS = ['transfer_origin', 'transfer_progress'];

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

test('every table of a store is moved, or is left behind by name; both databases have the same', async () => {
  const [sqlite, postgres] = [await sqliteDatabase(), await postgresDatabase()];
  const [here, there] = [await readShapes(sqlite), await readShapes(postgres)];
  assertAlike(here, there);
  assertAlike(there, here);
  const names = new Set([...(await tableNames(sqlite)), ...(await tableNames(postgres)), ...OF_TRANSFERS]);
  const moved = here.map(({ name }) => name);
  expect([...moved, ...KEPT_APART.keys()].toSorted()).toEqual([...names].toSorted());
  expect(moved).toEqual(
    expect.arrayContaining(['run', 'series_segment', 'audit_entry', 'api_key', 'counter']),
  );
});

test('a table comes after those that its rows refer to', async () => {
  for (const connection of [await sqliteDatabase(), await postgresDatabase()]) {
    const names = (await readShapes(connection)).map(({ name }) => name);
    for (const [first, then] of [
      ['project', 'run'],
      ['run', 'model'],
      ['manifest', 'manifest_blob'],
      ['account', 'session'],
    ] as const) {
      expect(names.indexOf(first)).toBeLessThan(names.indexOf(then));
    }
  }
});

test('keys have the order of their columns, and texts of keys the order of their bytes in both databases', async () => {
  for (const connection of [await sqliteDatabase(), await postgresDatabase()]) {
    const shapes = await readShapes(connection);
    expect(shapes.find(({ name }) => name === 'manifest_blob')?.key).toEqual(['blob', 'manifest']);
  }
  const columns = await (
    await postgresDatabase()
  ).query(
    `SELECT table_name, column_name FROM information_schema.columns
      WHERE table_schema = 'public' AND data_type = 'text' AND coalesce(collation_name, '') <> 'C'`,
  );
  const apart = columns.filter((row) => !KEPT_APART.has((row as { table_name: string }).table_name));
  expect(apart).toEqual([]);
});

test('no column numbers itself: there is no sequence to be set after rows were inserted', async () => {
  const sqlite = await (
    await sqliteDatabase()
  ).query("SELECT name FROM sqlite_schema WHERE sql LIKE '%AUTOINCREMENT%'");
  const postgres = await (
    await postgresDatabase()
  ).query("SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace");
  expect([sqlite, postgres]).toEqual([[], []]);
});

test('a table that only one database has, and one without a primary key, are refused', async () => {
  const sqlite = await sqliteDatabase();
  const before = await readShapes(sqlite);
  await sqlite.execute('CREATE TABLE extra (id INTEGER PRIMARY KEY)');
  const after = await readShapes(sqlite);
  expect(() => assertAlike(before, after)).toThrow(/'extra'/);
  expect(() => assertAlike(after, before)).toThrow(/'extra'/);
  await sqlite.execute('CREATE TABLE heap (id INTEGER)');
  await expect(readShapes(sqlite)).rejects.toThrow(/'heap' has no primary key/);
});

async function sqliteDatabase(): Promise<SqliteConnection> {
  const write = SqliteConnection.openWriter(join(await freshFolder(), 'cairn.db'));
  onTestFinished(() => write.close());
  await migrate(write, storeMigrations, { at: 0, backup: async () => undefined });
  return write;
}

async function postgresDatabase(): Promise<Connection> {
  const { url, release } = await server.freshDatabase();
  const store = await openPostgresStore({ url, blobs: await freshFolder(), onFatal: () => undefined });
  await store.close();
  const read = new PostgresReaders(postgresAddress(url));
  onTestFinished(async () => {
    await read.close();
    release();
  });
  return read;
}
