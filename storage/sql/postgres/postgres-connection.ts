// The writing connection of a store on PostgreSQL. Promise: COMMIT resolves exactly when the transaction is durable,
// also when the connection ends within it: each transaction leaves its number in a row of this writer, and reading
// that row FOR UPDATE on a new connection waits for the old transaction's end and tells whether it was made. (The
// status of its xid would not do: after a crash PostgreSQL may give the same xid to another transaction.)
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '#core/domain/fault.ts';
import type { SqlValue } from '../connection.ts';
import type { Failure, WriteConnection } from '../participants.ts';
import type { PostgresAddress } from './postgres-address.ts';
import { ConnectionLost, isConnectionEnd, OutcomeUnknown, postgresFailure } from './postgres-failure.ts';
import { STORE_LIMITS, type PostgresLimits } from './postgres-limits.ts';
import { PostgresSession } from './postgres-session.ts';

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 2000;

interface Transaction {
  readonly session: PostgresSession;
  readonly number: number;
}

export class PostgresConnection implements WriteConnection {
  readonly dialect = 'postgres';
  readonly begin = 'BEGIN';
  readonly failureOf: (error: unknown) => Failure = postgresFailure;
  readonly #address: PostgresAddress;
  readonly #limits: PostgresLimits;
  readonly #writer = randomUUID();
  readonly #closing = new AbortController();
  #session: PostgresSession;
  #transaction: Transaction | undefined;
  #transactions = 0;

  private constructor(address: PostgresAddress, limits: PostgresLimits, session: PostgresSession) {
    this.#address = address;
    this.#limits = limits;
    this.#session = session;
  }

  /** @throws ConnectionLost, Fault `unsupported` as `PostgresSession.open`. */
  static async open(
    address: PostgresAddress,
    limits: PostgresLimits = STORE_LIMITS,
  ): Promise<PostgresConnection> {
    const session = await PostgresSession.open(address, limits);
    await session.execute(MAKE_WRITERS);
    return new PostgresConnection(address, limits, session);
  }

  /** Outside of a transaction a lost connection is made anew; within one, every statement fails until ROLLBACK. */
  async query<Row extends object>(sql: string, params: readonly SqlValue[] = []): Promise<readonly Row[]> {
    const session = this.#transaction?.session ?? (await this.#connected());
    return session.query<Row>(sql, params);
  }

  later(sql: string, params: readonly SqlValue[] = []): void {
    if (!this.#transaction) throw new ConnectionLost('There is no transaction to write in.');
    this.#transaction.session.later(sql, params);
  }

  async execute(sql: string): Promise<void> {
    if (sql === this.begin) return this.#begin();
    if (sql === 'COMMIT') return this.#commit();
    if (sql === 'ROLLBACK') return this.#rollback();
    await (this.#transaction?.session ?? (await this.#connected())).execute(sql);
  }

  /** Ends the connection. A COMMIT whose outcome is still being asked for then fails as `OutcomeUnknown`. */
  async close(): Promise<void> {
    this.#closing.abort();
    if (this.#session.isLive) {
      const forget = this.#session.query('DELETE FROM store_writer WHERE id = ?', [this.#writer]);
      await forget.catch(() => undefined);
    }
    await this.#session.end();
  }

  async #connected(): Promise<PostgresSession> {
    if (this.#session.isLive) return this.#session;
    if (this.#closing.signal.aborted) throw new ConnectionLost('The store is closed.');
    await this.#session.end();
    try {
      this.#session = await PostgresSession.open(this.#address, this.#limits);
    } catch (error) {
      // It served once, so it may serve again: a standby may be promoted, a setting put right.
      throw error instanceof Fault ? new ConnectionLost(error.message, error) : error;
    }
    return this.#session;
  }

  async #begin(): Promise<void> {
    const session = await this.#connected();
    this.#transactions += 1;
    this.#transaction = { session, number: this.#transactions };
    // Together with the first statement of the transaction. Other writers have other rows and are not held up.
    session.later(`BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
      INSERT INTO store_writer (id, transaction, at) VALUES ('${this.#writer}', ${this.#transactions}, now())
      ON CONFLICT (id) DO UPDATE SET transaction = excluded.transaction, at = excluded.at`);
  }

  async #commit(): Promise<void> {
    const transaction = this.#transaction;
    if (!transaction) throw new ConnectionLost('There is no transaction to commit.');
    // A lost connection before COMMIT was sent: nothing is stored.
    if (!transaction.session.isLive) throw new ConnectionLost('The connection ended before COMMIT.');
    try {
      const done = await transaction.session.execute('COMMIT');
      if (done !== 'COMMIT') throw new Error('A statement of the transaction had failed.');
    } catch (error) {
      if (!isConnectionEnd(error)) throw error;
      await this.#settle(transaction, error);
    }
    this.#transaction = undefined;
  }

  async #rollback(): Promise<void> {
    const transaction = this.#transaction;
    this.#transaction = undefined;
    if (!transaction?.session.isLive) return;
    try {
      transaction.session.abandon();
      await transaction.session.execute('ROLLBACK');
    } catch (error) {
      // Without its connection the database rolls back by itself.
      await transaction.session.end();
      throw error;
    }
  }

  /** Resolves when the transaction was made. @throws ConnectionLost when it was not, OutcomeUnknown when the store closes first. */
  async #settle({ session, number }: Transaction, cause: unknown): Promise<void> {
    const { signal } = this.#closing;
    await session.end();
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      const last = await this.#lastTransaction().catch((error: unknown) => {
        if (postgresFailure(error) === 'busy') return undefined;
        throw new OutcomeUnknown(error);
      });
      if (last === number) return;
      if (last !== undefined) throw new ConnectionLost('The connection ended; nothing was stored.', cause);
      if (!signal.aborted) await sleep(wait, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) throw new OutcomeUnknown(cause);
    }
  }

  /** The number that the last transaction of this writer left, 0 without any. */
  async #lastTransaction(): Promise<number> {
    const session = await this.#connected();
    const [row] = await session.query<{ transaction: number }>(
      'SELECT transaction FROM store_writer WHERE id = ? FOR UPDATE',
      [this.#writer],
    );
    return row?.transaction ?? 0;
  }
}

/** The lock, because two servers that make a table at once hurt each other in spite of IF NOT EXISTS. */
const MAKE_WRITERS = `BEGIN;
  SELECT pg_advisory_xact_lock(hashtext('cairn store_writer'));
  CREATE TABLE IF NOT EXISTS store_writer (
    id TEXT PRIMARY KEY,
    transaction BIGINT NOT NULL,
    at TIMESTAMPTZ NOT NULL
  );
  DELETE FROM store_writer WHERE at < now() - interval '30 days';
  COMMIT`;
