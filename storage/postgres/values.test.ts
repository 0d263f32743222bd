import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { postgresAddress } from '#storage/sql/postgres/postgres-address.ts';
import { PostgresConnection } from '#storage/sql/postgres/postgres-connection.ts';
import { PostgresReaders } from '#storage/sql/postgres/postgres-readers.ts';
import { PostgresServer } from './testing/postgres-server.ts';

const START_TIMEOUT_MS = 60_000;

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
}, START_TIMEOUT_MS);
afterAll(() => server[Symbol.asyncDispose]());

test('texts, integers up to 2^53 and every byte come back as they went, on both kinds of connection', async () => {
  const { write, read } = await freshDatabase();
  await write.execute('CREATE TABLE t (a TEXT, b BIGINT, c BYTEA)');
  const every = Uint8Array.from({ length: 256 }, (_, i) => i);
  const rows = [
    { a: 'ü🎉?$1', b: Number.MAX_SAFE_INTEGER, c: every },
    { a: '', b: Number.MIN_SAFE_INTEGER, c: new Uint8Array() },
    { a: null, b: null, c: null },
  ];
  for (const { a, b, c } of rows) await write.query('INSERT INTO t VALUES (?, ?, ?)', [a, b, c]);
  for (const connection of [write, read]) {
    for (let i = 0; i < 5; i += 1) expect(await connection.query('SELECT * FROM t')).toEqual(rows);
  }
  expect(await read.query('SELECT count(*) AS n FROM t WHERE c = ?', [every])).toEqual([{ n: 1 }]);
});

test('an integer beyond 2^53 is refused rather than rounded', async () => {
  const { write, read } = await freshDatabase();
  for (const connection of [write, read]) {
    const asked = connection.query('SELECT 9007199254740992::bigint AS n');
    await expect(asked).rejects.toMatchObject({ code: 'corrupt' });
    expect(await connection.query('SELECT 9007199254740991::bigint AS n')).toEqual([{ n: 2 ** 53 - 1 }]);
  }
});

test('a reader sees what is committed, never what is not, and may not write', async () => {
  const { write, read } = await freshDatabase();
  await write.execute('CREATE TABLE t (a BIGINT)');
  await write.execute(write.begin);
  await write.query('INSERT INTO t VALUES (1)');
  expect(await read.query('SELECT * FROM t')).toEqual([]);
  await write.execute('COMMIT');
  expect(await read.query('SELECT * FROM t')).toEqual([{ a: 1 }]);
  await expect(read.query('DELETE FROM t')).rejects.toMatchObject({ code: 'unavailable' });
});

test('a snapshot reads one moment, whatever is committed meanwhile, and a mistake of its reader stays one', async () => {
  const { write, read } = await freshDatabase();
  await write.execute('CREATE TABLE t (a BIGINT)');
  const count = 'SELECT count(*) AS n FROM t';
  const seen = await read.snapshot(async (moment) => {
    const before = await moment.query(count);
    await write.query('INSERT INTO t VALUES (1)');
    return [before, await moment.query(count), await read.query(count)];
  });
  expect(seen).toEqual([[{ n: 0 }], [{ n: 0 }], [{ n: 1 }]]);
  const mistaken = read.snapshot(async () => {
    throw new TypeError('mine');
  });
  await expect(mistaken).rejects.toThrow(TypeError);
  expect(await read.query(count)).toEqual([{ n: 1 }]);
});

test('a transaction in which a statement failed is not taken for a committed one', async () => {
  const { write } = await freshDatabase();
  await write.execute('CREATE TABLE t (a BIGINT)');
  await write.execute(write.begin);
  await write.query('INSERT INTO t VALUES (1)');
  const twice = await write.query("INSERT INTO t VALUES ('x')").catch((error: unknown) => error);
  expect(write.failureOf(twice)).toBe('other');
  await expect(write.execute('COMMIT')).rejects.toThrow('had failed');
  await write.execute('ROLLBACK');
  expect(await write.query('SELECT * FROM t')).toEqual([]);
});

test('what a savepoint covers is taken back alone', async () => {
  const { write } = await freshDatabase();
  await write.execute('CREATE TABLE t (a BIGINT)');
  await write.execute(write.begin);
  await write.query('INSERT INTO t VALUES (1)');
  await write.query('SAVEPOINT one');
  await write.query('INSERT INTO t VALUES (2)');
  await write.query('ROLLBACK TO SAVEPOINT one');
  await write.query('RELEASE SAVEPOINT one');
  await write.execute('COMMIT');
  expect(await write.query('SELECT * FROM t')).toEqual([{ a: 1 }]);
});

async function freshDatabase() {
  const { url } = await server.freshDatabase();
  const write = await PostgresConnection.open(postgresAddress(url));
  const read = new PostgresReaders(postgresAddress(url));
  onTestFinished(async () => {
    await read.close();
    await write.close();
  });
  return { write, read };
}
