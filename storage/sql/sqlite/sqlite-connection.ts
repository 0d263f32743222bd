import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Fault } from '#core/domain/fault.ts';
import type { SqlValue } from '../connection.ts';
import type { Failure, WriteConnection } from '../participants.ts';
import { sqliteFailure } from './sqlite-failure.ts';

/** Older ones may corrupt a WAL database when two connections write and checkpoint at once (sqlite.org/wal.html). */
const LEAST_VERSION = [3, 51, 3] as const;
/** Prepared statements kept; lists of ids make texts of many lengths. */
const KEPT_STATEMENTS = 256;
const BUSY_TIMEOUT_MS = 5000;
const FULL = 2;

interface Prepared {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
}

/** A connection to an SQLite file, with its prepared statements. Calls block the thread while SQLite works. */
export class SqliteConnection implements WriteConnection {
  readonly dialect = 'sqlite';
  readonly begin = 'BEGIN IMMEDIATE';
  readonly failureOf: (error: unknown) => Failure = sqliteFailure;
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /**
   * Opens the file for writing, makes it when it is not there, and asserts that a commit reaches the disk.
   * @throws Fault `unsupported` on an SQLite that is too old.
   */
  static openWriter(file: string): SqliteConnection {
    const database = open(file);
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    const connection = new SqliteConnection(database);
    const isWal = connection.#pragma('journal_mode') === 'wal';
    if (!isWal || connection.#pragma('synchronous') !== FULL) {
      database.close();
      throw new Fault(
        'internal',
        'SQLite did not accept WAL with synchronous=FULL: commits would not be durable.',
      );
    }
    return connection;
  }

  /** Opens an existing file for reading. It sees what was committed before each of its statements. */
  static openReader(file: string): SqliteConnection {
    const database = open(file);
    database.exec('PRAGMA query_only = ON');
    return new SqliteConnection(database);
  }

  async query<Row extends object>(sql: string, params: readonly SqlValue[] = []): Promise<readonly Row[]> {
    const { statement, returnsRows } = this.#prepare(sql);
    if (returnsRows) return statement.all(...params) as Row[];
    statement.run(...params);
    return [];
  }

  async execute(sql: string): Promise<void> {
    this.#database.exec(sql);
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }

  #pragma(name: string): unknown {
    const row = this.#database.prepare(`PRAGMA ${name}`).get();
    return row?.[name];
  }

  #prepare(sql: string): Prepared {
    let prepared = this.#prepared.get(sql);
    if (prepared) return prepared;
    const statement = this.#database.prepare(sql);
    prepared = { statement, returnsRows: statement.columns().length > 0 };
    if (this.#prepared.size >= KEPT_STATEMENTS) {
      const [oldest] = this.#prepared.keys();
      if (oldest !== undefined) this.#prepared.delete(oldest);
    }
    this.#prepared.set(sql, prepared);
    return prepared;
  }
}

function open(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  const version = String(database.prepare('SELECT sqlite_version() AS version').get()?.['version']);
  if (!isRecent(version)) {
    database.close();
    throw new Fault(
      'unsupported',
      `SQLite ${version} may corrupt its write-ahead log; ${LEAST_VERSION.join('.')} or newer is needed.`,
    );
  }
  return database;
}

/** Whether a version such as `3.53.4` has the fix. */
export function isRecent(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [i, least] of LEAST_VERSION.entries()) {
    const part = parts[i] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}
