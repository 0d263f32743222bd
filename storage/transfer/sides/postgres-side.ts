import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '#core/domain/fault.ts';
import { identityOf, makeIdentity } from '#storage/postgres/store-identity.ts';
import type { WriteConnection } from '#storage/sql/participants.ts';
import type { PostgresAddress } from '#storage/sql/postgres/postgres-address.ts';
import { ConnectionLost, postgresFailure } from '#storage/sql/postgres/postgres-failure.ts';
import { APPLICATION_NAME, PostgresSession, STORE_LOCK } from '#storage/sql/postgres/postgres-session.ts';
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
  const session = await openAlone(address);
  try {
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

async function openAlone(address: PostgresAddress): Promise<PostgresSession> {
  for (let tries = TRIES; ; tries -= 1) {
    try {
      const session = await PostgresSession.open(address);
      const alone = await isAlone(session).catch(async (error: unknown) => {
        await session.end();
        throw error;
      });
      if (alone) return session;
      await session.end();
      if (tries <= 1) throw inUse(address);
    } catch (error) {
      if (error instanceof ConnectionLost) throw new Fault('unavailable', error.message, {}, error);
      if (tries <= 1 || !(error instanceof Fault) || error.code !== 'conflict') throw error;
    }
    await sleep(BETWEEN_TRIES_MS);
  }
}

/**
 * Takes the lock when nobody else has a share of it; the session's own is in nobody's way. A server that lost its
 * writing connection has no share until it writes again, but goes on reading: it is told by its name.
 */
async function isAlone(session: PostgresSession): Promise<boolean> {
  const [row] = await session.query<{ locked: string; others: number }>(
    `SELECT pg_try_advisory_lock(${STORE_LOCK})::text AS locked, (
        SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
          AND application_name = ? AND pid <> pg_backend_pid()
      ) AS others`,
    [APPLICATION_NAME],
  );
  return row?.locked === 'true' && row.others === 0;
}

function inUse({ shown }: PostgresAddress): Fault {
  const message = `A server has the database ${shown} open. Stop every one; then run this again.`;
  return new Fault('conflict', message, { reason: 'exists' });
}

function connectionOver(session: PostgresSession): WriteConnection {
  return {
    dialect: 'postgres',
    begin: 'BEGIN',
    failureOf: postgresFailure,
    query: (sql, params = []) => session.query(sql, params),
    execute: async (sql) => {
      const done = await session.execute(sql);
      if (sql === 'COMMIT' && done !== 'COMMIT')
        throw new Error('A statement of the transaction had failed.');
    },
  };
}
