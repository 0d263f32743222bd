import { Client, type ClientConfig, type QueryResult } from 'pg';
import { Fault } from '#core/domain/fault.ts';
import type { SqlValue } from '../connection.ts';
import { numberPlaceholders } from './placeholders.ts';
import type { PostgresAddress } from './postgres-address.ts';
import { ConnectionLost, isAborted, isAnswer } from './postgres-failure.ts';
import { UNHURRIED, type PostgresLimits } from './postgres-limits.ts';
import { postgresValues } from './postgres-values.ts';
import { StatementNames } from './statement-names.ts';

/** A connection that nothing was said on for so long is asked whether it is still there. */
const KEEP_ALIVE_AFTER_MS = 10_000;
/** A farewell that is not answered within so long is dropped. */
const FAREWELL_MS = 1000;
/** PostgreSQL 13: the oldest that gets fixes at the time of writing is 14. */
const LEAST_VERSION = 130_000;
/** What every connection of a store calls itself. */
export const APPLICATION_NAME = 'cairn';
/** Every connection that writes has a share of it, and keeps it to its end; a transfer of the store takes it alone. */
export const STORE_LOCK = `hashtext('cairn store')`;
/** What was not waited for yet and is longer than this is sent without waiting for what comes next. */
const MOST_HELD_BYTES = 256 * 1024;
/** A server that is stopped within a transaction holds up the others no longer than this. */
const SILENT_WITHIN_TRANSACTION_MS = 15_000;

/** Of every session: what would make the same statement mean something else. A stronger `synchronous_commit` stays. */
const SETTINGS = `SET timezone = 'UTC';
  SET standard_conforming_strings = on;
  SET bytea_output = 'hex';
  SET idle_in_transaction_session_timeout = ${SILENT_WITHIN_TRANSACTION_MS};
  SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply');
  SELECT current_setting('server_version_num')::int AS version, current_setting('fsync') AS fsync,
    current_setting('synchronous_commit') AS synchronous_commit,
    current_setting('server_encoding') AS encoding, pg_is_in_recovery()::text AS is_standby,
    pg_try_advisory_lock_shared(${STORE_LOCK})::text AS is_shared`;

export interface ServerFacts {
  readonly version: number;
  readonly fsync: string;
  readonly synchronous_commit: string;
  readonly encoding: string;
  readonly is_standby: string;
  /** Whether the session got its share of `STORE_LOCK`. */
  readonly is_shared: string;
}

/** What every connection of the store is opened with; a limit of its statements is asked for with each. */
export function clientConfig({ url }: PostgresAddress, { connectMs }: PostgresLimits): ClientConfig {
  return {
    connectionString: url,
    application_name: APPLICATION_NAME,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    types: postgresValues,
  };
}

/** One connection from its start to its end; it never comes back. */
export class PostgresSession {
  readonly #client: Client;
  readonly #names = new StatementNames();
  readonly #limit: StatementLimit;
  #isLive = true;
  /** The last statement that failed by itself: all that follow it in its transaction fail for its sake. */
  #cause: unknown;
  /** What was asked and is not waited for; it is held back until something is. */
  #postponed: Promise<unknown>[] = [];
  #isHolding = false;

  private constructor(client: Client, limits: PostgresLimits) {
    this.#client = client;
    this.#limit = statementLimit(limits);
    const end = (): void => {
      this.#isLive = false;
    };
    client.on('error', end);
    client.on('end', end);
  }

  /**
   * Connects, sets the session up, and asserts that a commit reaches the disk.
   * @throws ConnectionLost when there is no connection; Fault `unsupported` when the database cannot serve.
   */
  static async open(address: PostgresAddress, limits: PostgresLimits = UNHURRIED): Promise<PostgresSession> {
    const session = new PostgresSession(
      new Client({ ...clientConfig(address, limits), pipeline: true }),
      limits,
    );
    try {
      await session.#client.connect();
      // No statement of a session takes long before it is set up, so this has a limit in any case.
      const asked = { text: SETTINGS, query_timeout: limits.statementMs || limits.connectMs };
      const results = (await session.#client.query(asked)) as unknown as QueryResult<ServerFacts>[];
      const facts = results.at(-1)?.rows[0];
      assertFit(facts, address);
      if (facts.is_shared === 'false') throw beingMoved(address);
      return session;
    } catch (error) {
      await session.end();
      if (error instanceof Fault) throw error;
      throw new ConnectionLost(`No connection to the database ${address.shown}: ${reasonOf(error)}`, error);
    }
  }

  get isLive(): boolean {
    return this.#isLive;
  }

  /** Runs one statement; parameters are `?` or `$1`. @throws ConnectionLost when the connection ended. */
  async query<Row extends object>(sql: string, params: readonly SqlValue[]): Promise<readonly Row[]> {
    return this.#withPostponed(this.#ask<Row>(sql, params));
  }

  /** Runs statements without parameters. Answers what the last one did, as PostgreSQL says it: `COMMIT`, `ROLLBACK`. */
  async execute(sql: string): Promise<string> {
    return this.#withPostponed(this.#run(sql));
  }

  /** Sends it, without parameters as `execute` does, together with what is asked next, which fails if it does. */
  later(sql: string, params?: readonly SqlValue[]): void {
    const { stream } = this.#client.connection;
    if (!this.#isHolding) stream.cork();
    this.#isHolding = true;
    const asked: Promise<unknown> = params ? this.#ask(sql, params) : this.#run(sql);
    // Whoever waits for the next statement hears of it.
    asked.catch(() => undefined);
    this.#postponed.push(asked);
    if (stream.writableLength > MOST_HELD_BYTES) this.#send();
  }

  /** What was postponed may have failed as it likes: its transaction is given up. */
  abandon(): void {
    this.#postponed = [];
  }

  /** Ends the connection, whatever it is in the middle of, and also when nobody is there to hear of it. */
  async end(): Promise<void> {
    this.#isLive = false;
    this.#send();
    const impatient = setTimeout(() => this.#client.connection.stream.destroy(), FAREWELL_MS);
    await this.#client.end().catch(() => undefined);
    clearTimeout(impatient);
  }

  #ask<Row extends object>(sql: string, params: readonly SqlValue[]): Promise<readonly Row[]> {
    const { text, name } = this.#names.of(sql);
    return this.#orLost(async () => {
      const asked = { text, values: [...params], ...(name && { name }), ...this.#limit };
      return (await this.#client.query<Row>(asked)).rows;
    });
  }

  #run(sql: string): Promise<string> {
    return this.#orLost(async () => {
      const results: QueryResult | QueryResult[] = await this.#client.query({
        text: numberPlaceholders(sql),
        ...this.#limit,
      });
      const last = Array.isArray(results) ? results.at(-1) : results;
      return last?.command ?? '';
    });
  }

  /** The first failure is the cause of those behind it. */
  async #withPostponed<T>(asked: Promise<T>): Promise<T> {
    const postponed = this.#postponed;
    this.#postponed = [];
    this.#send();
    if (postponed.length === 0) return asked;
    const [last, ...before] = await Promise.allSettled([asked, ...postponed]);
    for (const one of [...before, last]) if (one.status === 'rejected') throw one.reason;
    return asked;
  }

  #send(): void {
    if (!this.#isHolding) return;
    this.#isHolding = false;
    this.#client.connection.stream.uncork();
  }

  #causeOf(error: unknown): unknown {
    if (isAborted(error)) return this.#cause ?? error;
    this.#cause = error;
    return error;
  }

  async #orLost<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isAnswer(error)) throw this.#causeOf(error);
      // Also when its answer is only late: an answer to one question must never be taken for that to the next.
      void this.end();
      throw new ConnectionLost(`The connection to the database ended: ${reasonOf(error)}`, error);
    }
  }
}

/** A part of what `pg` is asked; its types know it only as a part of a client's configuration. */
interface StatementLimit {
  readonly query_timeout?: number;
}

export function statementLimit({ statementMs }: PostgresLimits): StatementLimit {
  return statementMs > 0 ? { query_timeout: statementMs } : {};
}

/** @throws Fault `unsupported` naming what is wrong. */
export function assertFit(
  facts: ServerFacts | undefined,
  { shown }: PostgresAddress,
): asserts facts is ServerFacts {
  const refuse = (why: string): never => {
    throw new Fault('unsupported', `The database ${shown} ${why}`);
  };
  if (!facts || facts.version < LEAST_VERSION) return refuse('is older than PostgreSQL 13.');
  if (facts.encoding !== 'UTF8') refuse(`keeps text as ${facts.encoding}; create it with ENCODING 'UTF8'.`);
  if (facts.is_standby === 'true') refuse('is a standby, which cannot be written to.');
  if (facts.fsync !== 'on') refuse('runs with fsync=off: what is committed would not survive a power cut.');
  if (facts.synchronous_commit !== 'on' && facts.synchronous_commit !== 'remote_apply') {
    refuse(`insists on synchronous_commit=${facts.synchronous_commit}: commits would not be durable.`);
  }
}

function beingMoved({ shown }: PostgresAddress): Fault {
  const message = `The store in the database ${shown} is being moved by 'cairn migrate'; nobody else may open it.`;
  return new Fault('conflict', message, { reason: 'exists' });
}

/** Messages of `pg` and of the network hold no password. Several addresses that all failed have no message of their own. */
function reasonOf(error: unknown): string {
  const { message, code } = error as { readonly message?: string; readonly code?: string };
  return message || code || 'no reason given';
}
