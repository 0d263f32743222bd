import { Pool, type PoolClient } from 'pg';
import { Fault } from '#core/domain/fault.ts';
import type { Connection, SqlValue } from '../connection.ts';
import type { Snapshots } from '../participants.ts';
import type { PostgresAddress } from './postgres-address.ts';
import { ConnectionLost, isAnswer, postgresFailure } from './postgres-failure.ts';
import { STORE_LIMITS, type PostgresLimits } from './postgres-limits.ts';
import { clientConfig, statementLimit } from './postgres-session.ts';
import { StatementNames } from './statement-names.ts';

/** Reads at once; more wait for their turn. One of PostgreSQL's processes takes about 10 MB. */
const CONNECTIONS = 4;
const IDLE_MS = 60_000;
const SETTINGS = `SET timezone = 'UTC'; SET bytea_output = 'hex'; SET default_transaction_read_only = on`;

/**
 * A few connections that only read; each statement sees what was committed before it. One that fails because its
 * connection ended is asked again on another, until there is a new one: a database that restarted is met by no reader.
 * One that waited in vain is not: whoever asked has waited long enough.
 */
export class PostgresReaders implements Connection, Snapshots {
  readonly dialect = 'postgres';
  readonly #pool: Pool;
  readonly #limits: PostgresLimits;
  readonly #names = new WeakMap<PoolClient, StatementNames>();
  /**
   * Set up before its first use. Not by the pool's own `verify`: one that outlasts the limit of connecting, as after the whole process was
   * stopped, leaves its connection lent for ever (pg-pool 3.14 calls back twice).
   */
  readonly #isSetUp = new WeakSet<PoolClient>();

  constructor(address: PostgresAddress, limits: PostgresLimits = STORE_LIMITS) {
    this.#limits = limits;
    this.#pool = new Pool({
      ...clientConfig(address, limits),
      ...statementLimit(limits),
      pipeline: true,
      max: CONNECTIONS,
      idleTimeoutMillis: IDLE_MS,
    });
    // An idle connection that ends leaves the pool by itself; one that is asked something fails there.
    this.#pool.on('error', () => undefined);
    // The pool does not listen to one that is lent: its end between two statements would end the process.
    this.#pool.on('connect', (client) => {
      client.on('error', () => undefined);
    });
  }

  /** @throws Fault `unavailable` when the database cannot be reached. */
  async query<Row extends object>(sql: string, params: readonly SqlValue[] = []): Promise<readonly Row[]> {
    const ask = () => this.#borrow((client) => this.#ask<Row>(client, sql, params));
    const deadline = performance.now() + this.#limits.connectMs;
    for (let others = CONNECTIONS; ; others -= 1) {
      try {
        return await ask();
      } catch (error) {
        const isHopeless = others === 0 || performance.now() > deadline;
        if (isHopeless || !(error instanceof ConnectionLost)) throw faultOf(error);
      }
    }
  }

  /** @throws Fault `unavailable` when the database cannot be reached; `read` is called once at most. */
  async snapshot<Result>(read: (moment: Connection) => Promise<Result>): Promise<Result> {
    try {
      return await this.#borrow(async (client) => {
        // The moment is that of the first statement after this one, which is sent without waiting for the answer.
        const begun = orLost(client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'));
        try {
          begun.catch(() => undefined);
          const result = await read({
            dialect: this.dialect,
            query: (sql, params = []) => this.#ask(client, sql, params),
          });
          await begun;
          return result;
        } finally {
          await orLost(client.query('ROLLBACK'));
        }
      });
    } catch (error) {
      throw faultOf(error);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  /** Lends a connection; one that failed does not come back. */
  async #borrow<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await orLost(this.#pool.connect());
    let isLost = false;
    try {
      if (!this.#isSetUp.has(client)) await orLost(client.query(SETTINGS));
      this.#isSetUp.add(client);
      return await work(client);
    } catch (error) {
      isLost = error instanceof ConnectionLost;
      throw error;
    } finally {
      client.release(isLost);
    }
  }

  async #ask<Row extends object>(
    client: PoolClient,
    sql: string,
    params: readonly SqlValue[],
  ): Promise<readonly Row[]> {
    let names = this.#names.get(client);
    if (!names) {
      names = new StatementNames();
      this.#names.set(client, names);
    }
    const { text, name } = names.of(sql);
    const { rows } = await orLost(client.query<Row>({ text, values: [...params], ...(name && { name }) }));
    return rows;
  }
}

/** What the database answered stays what it is, and so does a mistake of whoever reads. */
function faultOf(error: unknown): unknown {
  if (postgresFailure(error) === 'other') return error;
  return new Fault('unavailable', 'The database cannot be reached.', { retryAfterSeconds: 1 }, error);
}

/** @throws ConnectionLost unless the database answered. */
async function orLost<Result>(asked: Promise<Result>): Promise<Result> {
  try {
    return await asked;
  } catch (error) {
    throw isAnswer(error) ? error : new ConnectionLost('The connection to the database ended.', error);
  }
}
