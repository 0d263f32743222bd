import { mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Fault } from '#core/domain/fault.ts';
import type { SqlValue } from '../connection.ts';
import type { Failure, WriteConnection } from '../participants.ts';
import { isFailedWrite, lostDatabase, sqliteFailure } from './sqlite-failure.ts';

/** What the write-ahead log keeps of its file once a checkpoint emptied it: more is a write into fresh blocks. */
const KEPT_LOG_BYTES = 32 * 2 ** 20;
/** Older ones may corrupt a WAL database when two connections write and checkpoint at once (sqlite.org/wal.html). */
const LEAST_VERSION = [3, 51, 3] as const;
/** Prepared statements kept; lists of ids make texts of many lengths. */
const KEPT_STATEMENTS = 256;
const BUSY_TIMEOUT_MS = 5000;
const FULL = 2;
/** Pages of 4 KiB that are handed back at once: each is moved from the end of the file. */
const SHRUNK_PAGES = 2048;
/** Free pages that stay for what is written next. */
const KEPT_PAGES = 256;
const INCREMENTAL = 2;

interface Prepared {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
}

/** A connection to an SQLite file, with its prepared statements. Calls block the thread while SQLite works. */
export class SqliteConnection implements WriteConnection {
  readonly dialect = 'sqlite';
  readonly begin = 'BEGIN IMMEDIATE';
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #inode: bigint;
  readonly #prepared = new Map<string, Prepared>();

  private constructor(database: DatabaseSync, file: string) {
    this.#database = database;
    this.#file = file;
    this.#inode = inodeOf(file);
  }

  /**
   * Opens the file for writing, makes it when it is not there, and asserts that a commit reaches the disk.
   * @throws Fault `unsupported` on an SQLite that is too old.
   */
  static openWriter(file: string): SqliteConnection {
    const database = open(file);
    // Counts for a new file only, and only before anything is written to it.
    database.exec('PRAGMA auto_vacuum = INCREMENTAL');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    // A reader that stands still lets the log grow; once it is gone the file gives the space back.
    database.exec(`PRAGMA journal_size_limit = ${KEPT_LOG_BYTES}`);
    const connection = new SqliteConnection(database, file);
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
    return new SqliteConnection(database, file);
  }

  async query<Row extends object>(sql: string, params: readonly SqlValue[] = []): Promise<readonly Row[]> {
    const { statement, returnsRows } = this.#prepare(sql);
    if (returnsRows) return statement.all(...params) as Row[];
    statement.run(...params);
    return [];
  }

  async execute(sql: string): Promise<void> {
    this.#database.exec(sql);
    // A file that lost its name goes on taking commits, and nobody would ever find them: none is acknowledged.
    if (sql === 'COMMIT' && inodeOf(this.#file) !== this.#inode) throw lostDatabase(this.#file);
  }

  failureOf(error: unknown): Failure {
    const failure = sqliteFailure(error);
    // SQLite says a failed write only; that the disk takes none, the disk says.
    return failure === 'fatal' && isFailedWrite(error) && isReadOnly(dirname(this.#file)) ? 'full' : failure;
  }

  /** Does nothing to a file that was made without incremental vacuum: its free pages are used again, and stay. */
  async shrink(): Promise<boolean> {
    if (this.#pragma('auto_vacuum') !== INCREMENTAL) return false;
    this.#database.exec(`PRAGMA incremental_vacuum(${SHRUNK_PAGES})`);
    return Number(this.#pragma('freelist_count')) > KEPT_PAGES;
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

/** -1 when there is no file of this name. */
function inodeOf(file: string): bigint {
  return statSync(file, { bigint: true, throwIfNoEntry: false })?.ino ?? -1n;
}

/** Tried rather than asked for: access() knows nothing of a file system that became read-only by an error. */
function isReadOnly(folder: string): boolean {
  try {
    rmdirSync(mkdtempSync(join(folder, 'probe-')));
    return false;
  } catch (error) {
    return (error as { code?: unknown }).code === 'EROFS';
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
