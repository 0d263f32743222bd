import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { diagnose } from '#storage/care/doctor/diagnose.ts';
import { openSqliteStore } from '#storage/embedded/embedded-store.ts';
import { storeMigrations } from '#storage/embedded/schema.ts';
import { migrate } from '#storage/sql/migrations.ts';
import type { WriteConnection } from '#storage/sql/participants.ts';
import { SqliteConnection } from '#storage/sql/sqlite/sqlite-connection.ts';
import { readStore } from './read-store.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const PROGRAM = join(import.meta.dirname, 'opening-program.ts');
const fixtures = await readdir(FIXTURES);
const KNOWN = storeMigrations.map(({ name }) => name);

test.each(fixtures)('%s opens with everything in it, and is sound', async (name) => {
  const directory = await copyOf(name);
  expect(await contentOf(directory)).toMatchObject(await expectedOf(name));
  expect(appliedTo(join(directory, 'cairn.db'))).toEqual(KNOWN.toSorted());
  const { findings } = await diagnose({ data: directory, deep: true });
  expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
});

test.each(fixtures)('%s: what is written after the upgrade is there after the next start', async (name) => {
  const directory = await copyOf(name);
  const store = await open(directory);
  const change = { kind: 'create-project', workspace: 'default' as never, name: 'new' } as const;
  const changes = [{ ...change, artifactLocation: '', tags: [] }];
  await store.writer.commit({ actor: { kind: 'user', id: 'ada' }, at: 1, changes });
  const sequence = store.feed.latest();
  await store.close();
  const again = await open(directory);
  expect(again.feed.latest()).toBe(sequence);
  expect(await again.catalog.projectByName('default' as never, 'new')).toBeDefined();
  await again.close();
});

test.each(fixtures)('%s: a migration that fails at any statement leaves a store that opens', async (name) => {
  let failed = 0;
  for (let statement = 1; ; statement += 1) {
    const directory = await copyOf(name);
    const connection = SqliteConnection.openWriter(join(directory, 'cairn.db'));
    const done = await migrateUntil(connection, statement);
    connection.close();
    if (done) break;
    failed += 1;
    expect(await contentOf(directory)).toMatchObject(await expectedOf(name));
  }
  expect(failed).toBeGreaterThan(pendingOf(name).length === 0 ? 0 : 3);
});

test.each(fixtures)(
  '%s: a process killed at any statement of its migrations leaves a store that opens',
  { timeout: 180_000 },
  async (name) => {
    const statements = pendingOf(name).flatMap(({ sqlite }) => sqlite).length;
    // BEGIN, the row that says so, and COMMIT, for each.
    const all = statements + 3 * pendingOf(name).length;
    for (let death = 1; death <= all + 1; death += 1) {
      const directory = await copyOf(name);
      const child = spawn(process.execPath, [PROGRAM, directory, String(death)], { stdio: 'inherit' });
      const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
      expect(signal).toBe(death <= all ? 'SIGKILL' : null);
      expect(await contentOf(directory)).toMatchObject(await expectedOf(name));
    }
  },
);

test.each(fixtures)('%s: the copy taken before its migration is a whole store again', async (name) => {
  const pending = pendingOf(name);
  if (pending.length === 0) return;
  const directory = await copyOf(name);
  await (await open(directory)).close();
  const copies = (await readdir(directory)).filter((file) => file.startsWith('before-'));
  expect(copies).toEqual([expect.stringMatching(new RegExp(`^before-${pending[0]?.name}-\\d+\\.db$`))]);
  const before = KNOWN.filter((known) => !pending.some((step) => step.name === known));
  expect(appliedTo(join(directory, String(copies[0])))).toEqual(before.toSorted());
  // As the message of a program that is too old says: the copy takes the place of the database.
  for (const suffix of ['-wal', '-shm']) await rm(join(directory, `cairn.db${suffix}`), { force: true });
  await rename(join(directory, String(copies[0])), join(directory, 'cairn.db'));
  expect(await contentOf(directory)).toMatchObject(await expectedOf(name));
});

async function copyOf(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-upgrade-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const directory = join(folder, 'data');
  await cp(join(FIXTURES, name), directory, { recursive: true });
  return directory;
}

function open(directory: string) {
  const fail = (error: unknown): void => {
    throw error;
  };
  return openSqliteStore({ directory, onFatal: fail });
}

async function contentOf(directory: string): Promise<object> {
  const store = await open(directory);
  try {
    return (await readStore(store)) as object;
  } finally {
    await store.close();
  }
}

async function expectedOf(name: string): Promise<object> {
  return JSON.parse(await readFile(join(FIXTURES, name, 'expected.json'), 'utf8')) as object;
}

function appliedTo(file: string): string[] {
  // Immutable: a fixture is never touched, not even by the files that SQLite makes beside what it reads.
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  const database = new DatabaseSync(url, { readOnly: true });
  const rows = database.prepare('SELECT name FROM schema_migration ORDER BY name').all();
  database.close();
  return rows.map((row) => String(row['name']));
}

function pendingOf(name: string) {
  const applied = new Set(appliedTo(join(FIXTURES, name, 'cairn.db')));
  return storeMigrations.filter((step) => !applied.has(step.name));
}

/** True when all migrations were done before that many statements. */
async function migrateUntil(connection: SqliteConnection, statement: number): Promise<boolean> {
  let left = statement;
  const count = (): void => {
    left -= 1;
    if (left === 0) throw new Error('the disk broke');
  };
  const mortal: WriteConnection = {
    dialect: 'sqlite',
    begin: connection.begin,
    failureOf: (error) => connection.failureOf(error),
    query: async (sql, params) => {
      count();
      return connection.query(sql, params);
    },
    execute: async (sql) => {
      count();
      await connection.execute(sql);
    },
  };
  try {
    await migrate(mortal, storeMigrations, { at: 1, backup: async () => undefined });
  } catch {
    return false;
  }
  return true;
}
