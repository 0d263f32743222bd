import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '#core/domain/fault.ts';
import { identityOf, makeIdentity } from '#storage/postgres/store-identity.ts';
import type { WriteConnection } from '#storage/sql/participants.ts';
import type { PostgresAddress } from '#storage/sql/postgres/postgres-address.ts';
import { ConnectionLost, postgresFailure } from '#storage/sql/postgres/postgres-failure.ts';
import { PostgresSession, STORE_LOCK } from '#storage/sql/postgres/postgres-session.ts';
import { tableNames } from '../table-shape.ts';
import type { Side } from './side.ts';

/** The database notices within moments that a process was killed; only then its lock is free. */
const TRIES = 12;
const BETWEEN_TRIES_MS = 250;

/**
 * A database with the lock that servers share: none has it open, and none opens it until `close`. A connection that is
 * lost is not made anew, because the lock goes with it.
 * @throws Fault `unavailable`, `unsupported` (a database that loses commits), `conflict` (somebody has it open).
 */
export async function openPostgresSide(address: PostgresAddress, role: 'source' | 'target'): Promise<Side> {
  const session = await PostgresSession.open(address).catch((error: unknown) => {
    throw error instanceof ConnectionLost ? new Fault('unavailable', error.message, {}, error) : error;
  });
  try {
    await lockAlone(session, address);
    if (role === 'source') await session.execute('SET default_transaction_read_only = on');
    const connection = connectionOver(session);
    return {
      shown: `the database ${address.shown}`,
      connection,
      identity: async () =>
        (await tableNames(connection)).includes('store_identity') ? identityOf(connection) : undefined,
      identify: async (store) => {
        await makeIdentity(connection, store);
      },
      close: () => session.end(),
    };
  } catch (error) {
    await session.end();
    throw error;
  }
}

/** Its own share of the lock is in nobody's way. */
async function lockAlone(session: PostgresSession, { shown }: PostgresAddress): Promise<void> {
  for (let tries = TRIES; tries > 0; tries -= 1) {
    const sql = `SELECT pg_try_advisory_lock(${STORE_LOCK})::text AS has`;
    const [row] = await session.query<{ has: string }>(sql, []);
    if (row?.has === 'true') return;
    if (tries > 1) await sleep(BETWEEN_TRIES_MS);
  }
  throw new Fault(
    'conflict',
    `A server, or another transfer, has the database ${shown} open. Stop it; then run this again.`,
    { reason: 'exists' },
  );
}

function connectionOver(session: PostgresSession): WriteConnection {
  return {
    dialect: 'postgres',
    begin: 'BEGIN',
    failureOf: postgresFailure,
    query: (sql, params = []) => session.query(sql, params),
    execute: async (sql) => {
      const done = await session.execute(sql);
      if (sql === 'COMMIT' && done !== 'COMMIT') throw new Error('A statement of the transaction had failed.');
    },
  };
}
