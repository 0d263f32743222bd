import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isRecent, SqliteConnection } from './sqlite-connection.ts';
import { sqliteFailure } from './sqlite-failure.ts';

test('a writer commits through to the disk', async () => {
  const { write } = await freshDatabase();
  expect(await write.query('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
  expect(await write.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  expect(await write.query('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }]);
});

test('a reader sees what is committed, never what is not, and may not write', async () => {
  const { write, read } = await freshDatabase();
  await write.execute('CREATE TABLE t (a TEXT, b BLOB)');
  await write.execute(write.begin);
  await write.query('INSERT INTO t VALUES (?, ?)', ['ü🎉', new Uint8Array([0, 255])]);
  expect(await read.query('SELECT * FROM t')).toEqual([]);
  await write.execute('COMMIT');
  expect(await read.query('SELECT * FROM t WHERE a = ?', ['ü🎉'])).toEqual([
    { a: 'ü🎉', b: new Uint8Array([0, 255]) },
  ]);
  await expect(read.query('DELETE FROM t')).rejects.toThrow(/readonly/);
});

test('statements are prepared once, and many texts do not pile up', async () => {
  const { write } = await freshDatabase();
  for (let i = 0; i < 600; i += 1) await write.query(`SELECT ${i} AS n`);
  expect(await write.query('SELECT 1 AS n')).toEqual([{ n: 1 }]);
});

test('a database without room is full, one in use is busy, a broken rule is a bug', async () => {
  const { write, read } = await freshDatabase();
  await write.execute('CREATE TABLE t (a BLOB UNIQUE)');
  await write.execute('PRAGMA max_page_count = 10');
  const fill = () => write.query('INSERT INTO t VALUES (randomblob(100000))');
  expect(sqliteFailure(await fill().catch((error: unknown) => error))).toBe('full');
  const twice = write.query("INSERT INTO t VALUES ('a'), ('a')");
  expect(sqliteFailure(await twice.catch((error: unknown) => error))).toBe('other');
  expect(sqliteFailure({ errcode: 10 | (4 << 8) })).toBe('fatal');
  expect(sqliteFailure({ errcode: 5 })).toBe('busy');
  expect(sqliteFailure(new Error('no code'))).toBe('other');
  expect(await read.query('SELECT count(*) AS n FROM t')).toEqual([{ n: 0 }]);
});

test('SQLite before the fix of its write-ahead log is refused', () => {
  expect(['3.51.2', '3.50.9', '2.99.99'].map(isRecent)).toEqual([false, false, false]);
  expect(['3.51.3', '3.53.4', '3.100.0', '4.0'].map(isRecent)).toEqual([true, true, true, true]);
});

async function freshDatabase() {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-sqlite-'));
  const write = SqliteConnection.openWriter(join(folder, 'test.db'));
  const read = SqliteConnection.openReader(join(folder, 'test.db'));
  onTestFinished(async () => {
    read.close();
    write.close();
    await rm(folder, { recursive: true });
  });
  return { write, read };
}
