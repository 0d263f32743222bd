import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { postgresAddress } from '#storage/sql/postgres/postgres-address.ts';
import { PostgresReaders } from '#storage/sql/postgres/postgres-readers.ts';
import { PostgresServer } from './testing/postgres-server.ts';

// A connection that is slow from its first statement on, as for a process that was stopped in the middle of connecting.

const LIMITS = { connectMs: 1000, statementMs: 0 };
const LATE_MS = 1500;
/** As many as readers take. */
const MOST = 4;
const START_TIMEOUT_MS = 60_000;

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
}, START_TIMEOUT_MS);
afterAll(() => server[Symbol.asyncDispose]());

test('a connection whose first answer comes after somebody gave up on it is not lost, and all are closed in the end', async () => {
  const { url } = await server.freshDatabase();
  const readers = new PostgresReaders(postgresAddress(await lateUrl(url)), LIMITS);
  // Snapshots, which are not asked again.
  const sleep3 = () => readers.snapshot((moment) => moment.query('SELECT pg_sleep(3)'));
  const long = Array.from({ length: MOST }, sleep3);
  const sleeping = "application_name = 'cairn' AND query LIKE '%pg_sleep(3)' AND state = 'active'";
  const found = () => server.query(`SELECT pid FROM pg_stat_activity WHERE ${sleeping}`);
  await expect.poll(async () => (await found()).length).toBe(MOST);
  // It waits for its turn, gets one on a new connection when another ends, and is given up before that is ready.
  const all = Promise.allSettled([...long, readers.query('SELECT 1 AS n')]);
  await server.query(`SELECT pg_terminate_backend(${String((await found())[0]?.['pid'])})`);
  await all;
  expect(await readers.query('SELECT 2 AS n')).toEqual([{ n: 2 }]);
  await readers.close();
  const held = "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'cairn'";
  await expect.poll(async () => (await server.query(held))[0]?.['n']).toBe(0);
});

/** By way of a relay that holds back what answers the first statement of each connection after the first few. */
async function lateUrl(url: string): Promise<string> {
  let made = 0;
  const relay = createServer((client) => {
    const database = connect(server.port, '127.0.0.1');
    made += 1;
    let isHeld = made <= MOST;
    let late = Promise.resolve();
    client.on('data', (bytes: Buffer) => {
      const isStatement = bytes.includes('default_transaction_read_only');
      if (isStatement && !isHeld) late = sleep(LATE_MS);
      isHeld ||= isStatement;
      database.write(bytes);
    });
    database.on('data', (bytes: Buffer) => void late.then(() => client.write(bytes)));
    for (const [socket, other] of [
      [client, database],
      [database, client],
    ] as const) {
      socket.on('error', () => undefined).on('close', () => other.destroy());
    }
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  onTestFinished(() => void relay.close());
  const past = new URL(url);
  past.port = String((relay.address() as { port: number }).port);
  return past.href;
}
