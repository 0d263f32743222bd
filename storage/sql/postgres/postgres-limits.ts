/** How long a store waits for its database before it says that it does not answer. Milliseconds. */
export interface PostgresLimits {
  /** To connect, or for a turn on one of a few connections. */
  readonly connectMs: number;
  /** For the answer to one statement; 0 for as long as it takes. */
  readonly statementMs: number;
}

/**
 * Of a store. A network that swallows what is sent says nothing: without these, a commit would wait for the end of
 * TCP's retransmissions, a quarter of an hour. Longer than the database lets a silent transaction stand
 * (postgres-session.ts), so that waiting for another server that went away ends by itself.
 *
 * Not PostgreSQL's own `statement_timeout`: within a COMMIT it ends the wait for a synchronous standby, and the commit
 * would be acknowledged without it.
 */
export const STORE_LIMITS: PostgresLimits = { connectMs: 5000, statementMs: 30_000 };

/** Of what changes the schema or moves a store: its statements may take hours. */
export const UNHURRIED: PostgresLimits = { ...STORE_LIMITS, statementMs: 0 };
