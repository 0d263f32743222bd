import {
  CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import { Fault } from '#core/domain/fault.ts';
import type { Connection, SqlValue } from './connection.ts';

/**
 * Kysely as a builder of typed SQL over a connection that somebody else owns: transactions begin and end there, so
 * Kysely's own are refused. Kysely's dialects expect to own their connections, hence this one over either.
 */
export function kyselyOver<Tables>(connection: Connection): Kysely<Tables> {
  const createDriver = (): Driver => new BorrowedDriver(connection);
  return new Kysely<Tables>({ dialect: { ...GRAMMARS[connection.dialect], createDriver } });
}

/** What differs in the SQL that Kysely writes. */
const GRAMMARS: Readonly<Record<Connection['dialect'], Omit<Dialect, 'createDriver'>>> = {
  sqlite: {
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
  postgres: {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
};

class BorrowedDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(connection: Connection) {
    this.#connection = new BorrowedConnection(connection);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    throw new Fault('internal', 'Transactions belong to the group commit.');
  }

  async commitTransaction(): Promise<void> {}

  async rollbackTransaction(): Promise<void> {}

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

class BorrowedConnection implements DatabaseConnection {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const rows = await this.#connection.query(query.sql, query.parameters as readonly SqlValue[]);
    return { rows: rows as Row[] };
  }

  // oxlint-disable-next-line require-yield
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Fault('internal', 'Rows are not streamed.');
  }
}
