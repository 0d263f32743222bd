// Several stores with their own caches and connections over one SQLite file, as several servers have on one PostgreSQL.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '#core/tracking/ports/ports.ts';
import { fsBlobStore } from '#storage/blobs-fs/fs-blob-store.ts';
import { fsUploadStore } from '#storage/blobs-fs/fs-upload-store.ts';
import { storeMigrations } from '#storage/embedded/schema.ts';
import type { SeriesOptions } from '#storage/series/series-engine.ts';
import type { Connection, SqlValue } from '#storage/sql/connection.ts';
import { migrate } from '#storage/sql/migrations.ts';
import type { Failure, Snapshots, WriteConnection } from '#storage/sql/participants.ts';
import { SqliteConnection } from '#storage/sql/sqlite/sqlite-connection.ts';
import { composeSqlStore, type SqlStore } from '../compose-sql-store.ts';

export interface ServersOptions {
  readonly now?: () => number;
  readonly series?: SeriesOptions;
  /** Off, so that tests see what reads and commits alone do. */
  readonly pollMs?: number;
}

/** A database, and servers that share it. */
export class Servers {
  readonly #folder: string;
  readonly #options: ServersOptions;
  readonly #lock: Lock = { turns: Promise.resolve() };
  readonly #stores: Server[] = [];
  #fatal: unknown;
  /** For looking at the tables. */
  readonly database: SqliteConnection;

  private constructor(folder: string, options: ServersOptions) {
    this.#folder = folder;
    this.#options = options;
    this.database = SqliteConnection.openWriter(join(folder, 'cairn.db'));
  }

  static async create(options: ServersOptions = {}): Promise<Servers> {
    const servers = new Servers(await mkdtemp(join(tmpdir(), 'cairn-servers-')), options);
    await migrate(servers.database, storeMigrations, { at: 0, backup: async () => undefined });
    return servers;
  }

  async start(
    more: {
      readonly mortal?: Mortal;
      readonly reading?: (read: Connection) => Connection;
      readonly catchingUp?: (moment: Connection) => Connection;
    } = {},
  ): Promise<Server> {
    const { now = Date.now, series = {}, pollMs = 0 } = this.#options;
    const file = join(this.#folder, 'cairn.db');
    const connections = [
      SqliteConnection.openWriter(file),
      SqliteConnection.openReader(file),
      SqliteConnection.openReader(file),
    ] as const;
    const [write, read, moments] = connections;
    const { finish, ...ports } = await composeSqlStore(
      new OneAtATime(write, this.#lock, more.mortal),
      more.reading?.(read) ?? read,
      {
        now,
        series,
        onFatal: (error) => (this.#fatal ??= error),
        sharing: { snapshots: new SqliteSnapshots(moments, more.catchingUp), pollMs },
      },
    );
    const blobs = await fsBlobStore(this.#folder);
    const uploads = await fsUploadStore(this.#folder);
    let isOpen = true;
    const close = async (): Promise<void> => {
      if (!isOpen) return;
      isOpen = false;
      await finish();
      for (const connection of connections) connection.close();
    };
    const server = { ...ports, blobs, uploads, close };
    this.#stores.push(server);
    return server;
  }

  async stop(): Promise<void> {
    for (const store of this.#stores) await store.close();
    this.database.close();
    await rm(this.#folder, { recursive: true });
    if (this.#fatal !== undefined) throw this.#fatal;
  }
}

export type Server = Store & Pick<SqlStore, 'nudge'>;

/** Hears of each statement of a writer; what it throws is what the writer meets. */
export type Mortal = (sql: string) => void;

/** Commits go to one server, reads to another, which hears of them by reading alone. */
export function readThrough(writing: Server, reading: Server, close: () => Promise<void>): Store {
  const { writer } = writing;
  const { catalog, identity, registry, series, blobs, uploads } = reading;
  return { writer, catalog, identity, registry, series, blobs, uploads, feed: writing.feed, close };
}

interface Lock {
  turns: Promise<void>;
}

/** SQLite would block the thread until the other writer is done, and that one needs the thread. */
class OneAtATime implements WriteConnection {
  readonly dialect = 'sqlite';
  readonly begin: string;
  readonly #connection: SqliteConnection;
  readonly #lock: Lock;
  readonly #mortal: Mortal;
  #leave: (() => void) | undefined;

  constructor(connection: SqliteConnection, lock: Lock, mortal: Mortal = () => undefined) {
    this.begin = connection.begin;
    this.#connection = connection;
    this.#lock = lock;
    this.#mortal = mortal;
  }

  async query<Row extends object>(sql: string, params: readonly SqlValue[] = []): Promise<readonly Row[]> {
    this.#mortal(sql);
    return this.#connection.query<Row>(sql, params);
  }

  async execute(sql: string): Promise<void> {
    if (sql === this.begin) await this.#enter();
    try {
      this.#mortal(sql);
      await this.#connection.execute(sql);
      if (sql === 'COMMIT') this.#end();
    } catch (error) {
      if (error instanceof Lost && error.isAfter) await this.#connection.execute(sql);
      if (sql === this.begin) this.#end();
      throw error;
    } finally {
      if (sql === 'ROLLBACK') this.#end();
    }
  }

  failureOf(error: unknown): Failure {
    return error instanceof Lost ? 'busy' : this.#connection.failureOf(error);
  }

  async #enter(): Promise<void> {
    const before = this.#lock.turns;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#lock.turns = promise;
    await before;
    this.#leave = resolve;
  }

  #end(): void {
    this.#leave?.();
    this.#leave = undefined;
  }
}

/** The connection ended, before the statement or after it. */
export class Lost extends Error {
  readonly isAfter: boolean;

  constructor(when: 'before' | 'after' = 'before') {
    super('The connection ended.');
    this.isAfter = when === 'after';
  }
}

class SqliteSnapshots implements Snapshots {
  readonly #connection: SqliteConnection;

  readonly #seen: (moment: Connection) => Connection;

  constructor(connection: SqliteConnection, seen: (moment: Connection) => Connection = (moment) => moment) {
    this.#connection = connection;
    this.#seen = seen;
  }

  async snapshot<Result>(read: (moment: Connection) => Promise<Result>): Promise<Result> {
    await this.#connection.execute('BEGIN');
    try {
      return await read(this.#seen(this.#connection));
    } finally {
      await this.#connection.execute('ROLLBACK');
    }
  }
}
