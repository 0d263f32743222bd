import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { storeMigrations } from '#storage/embedded/schema.ts';
import { openSqliteStore } from '#storage/embedded/embedded-store.ts';
import { openPostgresStore, type PostgresStore } from '#storage/postgres/postgres-store.ts';
import { PostgresServer } from '#storage/postgres/testing/postgres-server.ts';
import { migrate } from '#storage/sql/migrations.ts';
import type { WriteConnection } from '#storage/sql/participants.ts';
import { postgresAddress } from '#storage/sql/postgres/postgres-address.ts';
import { PostgresConnection } from '#storage/sql/postgres/postgres-connection.ts';
import { contentOf } from '#storage/transfer/testing/stores.ts';
import { fillDatabase, pendingOf } from './postgres-base.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const EMPTY = 'an empty database';
const KNOWN = storeMigrations.map(({ name }) => name).toSorted();
const fixtures = await readdir(FIXTURES);
const EVERY_STATEMENT = { timeout: 300_000 };

let server: PostgresServer;
/** By fixture, a database of its time that nobody opened since. */
const bases = new Map<string, string>();
let databases = 0;

beforeAll(async () => {
  server = await PostgresServer.start();
  await server.query('CREATE DATABASE base_empty');
  bases.set(EMPTY, 'base_empty');
  for (const [i, fixture] of fixtures.entries()) {
    await server.query(`CREATE DATABASE base_${i}`);
    await fillDatabase(server.url(`base_${i}`), fixture);
    bases.set(fixture, `base_${i}`);
  }
}, 120_000);
afterAll(() => server[Symbol.asyncDispose]());

test.each(fixtures)('%s opens on PostgreSQL with everything in it', async (fixture) => {
  const database = await copyOf(fixture);
  expect(await appliedTo(database)).not.toEqual(KNOWN);
  const store = await open(database, fixture);
  expect(await contentOf(store)).toEqual(await expectedOf(fixture));
  expect(await appliedTo(database)).toEqual(KNOWN);
});

test.each(fixtures)(
  '%s: what is written after the upgrade is there after the next start',
  async (fixture) => {
    const database = await copyOf(fixture);
    const store = await open(database, fixture);
    const change = { kind: 'create-project', workspace: 'default' as never, name: 'new' } as const;
    const changes = [{ ...change, artifactLocation: '', tags: [] }];
    await store.writer.commit({ actor: { kind: 'user', id: 'ada' }, at: 1, changes });
    const sequence = store.feed.latest();
    await store.close();
    const again = await open(database, fixture);
    expect(again.feed.latest()).toBe(sequence);
    expect(await again.catalog.projectByName('default' as never, 'new')).toBeDefined();
  },
);

test('two servers that start at once on an older store upgrade it once', async () => {
  for (const fixture of fixtures) {
    const database = await copyOf(fixture);
    const stores = await Promise.all([open(database, fixture), open(database, fixture)]);
    expect(await appliedTo(database)).toEqual(KNOWN);
    for (const store of stores) expect(await contentOf(store)).toEqual(await expectedOf(fixture));
  }
});

/** What ends a migration before one of its statements. */
const ENDS = {
  'a statement that fails': async () => {
    throw new Error('the disk broke');
  },
  'a connection that ends': async (connection: WriteConnection) => {
    // As the database sees the end of a process by SIGKILL, or its own restart.
    await connection.query('SELECT pg_terminate_backend(pg_backend_pid())');
  },
} as const;

const CASES = [
  ...fixtures.flatMap((base) => (Object.keys(ENDS) as (keyof typeof ENDS)[]).map((end) => ({ base, end }))),
  { base: EMPTY, end: 'a connection that ends' } as const,
];

test.each(CASES)(
  '$base: $end at any statement of its migrations leaves one that opens',
  EVERY_STATEMENT,
  async ({ base, end }) => {
    const pending = base === EMPTY ? storeMigrations : pendingOf(base);
    // BEGIN, the row that says so, and COMMIT, for each; before them the table of migrations and what it says.
    const all = 2 + pending.reduce((sum, { postgres }) => sum + postgres.length + 3, 0);
    const expected = base === EMPTY ? undefined : await expectedOf(base);
    for (let statement = 1; statement <= all + 1; statement += 1) {
      const database = await copyOf(base);
      const isDone = await migrateUntil(database, statement, ENDS[end]);
      expect(isDone).toBe(statement > all);
      const applied = await appliedTo(database);
      expect(KNOWN).toEqual(expect.arrayContaining([...applied]));
      const store = await open(database, base);
      if (expected) expect(await contentOf(store)).toEqual(expected);
      else expect(store.feed.latest()).toBe(0);
      expect(await appliedTo(database)).toEqual(KNOWN);
      await store.close();
      await server.query(`DROP DATABASE ${database} WITH (FORCE)`);
    }
  },
);

/** A database of its own, like the one of that time. */
async function copyOf(base: string): Promise<string> {
  const name = `copy_${(databases += 1)}`;
  await server.query(`CREATE DATABASE ${name} TEMPLATE ${bases.get(base)}`);
  return name;
}

/** The store with the blobs of its fixture. */
async function open(database: string, base: string): Promise<PostgresStore> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-upgrade-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  if (base !== EMPTY) await cp(join(FIXTURES, base), folder, { recursive: true });
  const store = await openPostgresStore({ url: server.url(database), blobs: folder, onFatal: fail });
  onTestFinished(() => store.close());
  return store;
}

/** As SQLite has it; that this is all there ever was is shown in upgrade.test.ts. */
async function expectedOf(fixture: string): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-upgrade-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const directory = join(folder, 'data');
  await cp(join(FIXTURES, fixture), directory, { recursive: true });
  const store = await openSqliteStore({ directory, onFatal: fail });
  try {
    return await contentOf(store);
  } finally {
    await store.close();
  }
}

async function appliedTo(database: string): Promise<readonly string[]> {
  const [exists] = await server.query("SELECT to_regclass('schema_migration')::text AS name", database);
  if (!exists?.['name']) return [];
  const rows = await server.query('SELECT name FROM schema_migration ORDER BY name', database);
  return rows.map((row) => String(row['name'])).toSorted();
}

/** True when all migrations were done before that many statements. */
async function migrateUntil(
  database: string,
  statement: number,
  end: (connection: WriteConnection) => Promise<void>,
): Promise<boolean> {
  const connection = await PostgresConnection.open(postgresAddress(server.url(database)));
  let left = statement;
  const count = async (): Promise<void> => {
    left -= 1;
    if (left === 0) await end(connection);
  };
  const mortal: WriteConnection = {
    dialect: 'postgres',
    begin: connection.begin,
    failureOf: (error) => connection.failureOf(error),
    query: async (sql, params) => {
      await count();
      return connection.query(sql, params);
    },
    execute: async (sql) => {
      await count();
      await connection.execute(sql);
    },
  };
  try {
    await migrate(mortal, storeMigrations, { at: 1, backup: async () => undefined });
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}

function fail(error: unknown): void {
  throw error;
}
