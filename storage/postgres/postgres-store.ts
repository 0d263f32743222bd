import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { Fault } from '#core/domain/fault.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import { fsBlobStore } from '#storage/blobs-fs/fs-blob-store.ts';
import { fsUploadStore } from '#storage/blobs-fs/fs-upload-store.ts';
import { storeMigrations } from '#storage/embedded/schema.ts';
import { composeSqlStore, type SqlStoreOptions } from '#storage/sql-store/compose-sql-store.ts';
import { migrate } from '#storage/sql/migrations.ts';
import type { Connection } from '#storage/sql/connection.ts';
import { postgresAddress, type PostgresAddress } from '#storage/sql/postgres/postgres-address.ts';
import { PostgresConnection } from '#storage/sql/postgres/postgres-connection.ts';
import { ConnectionLost } from '#storage/sql/postgres/postgres-failure.ts';
import { STORE_LIMITS, UNHURRIED, type PostgresLimits } from '#storage/sql/postgres/postgres-limits.ts';
import { PostgresReaders } from '#storage/sql/postgres/postgres-readers.ts';
import { reachability } from './reachability.ts';
import { makeIdentity } from './store-identity.ts';

export interface PostgresStoreOptions extends SqlStoreOptions {
  /** `postgres://user:password@host:port/name`; the database must be there. */
  readonly url: string;
  /** The directory of blobs, the same for all servers of the database; made when it is not there. */
  readonly blobs: string;
  /** How long to wait for a database that says nothing, `STORE_LIMITS` when absent. */
  readonly patience?: PostgresLimits;
}

export interface PostgresStore extends Store {
  /** The store's identity, for cursors and backups. */
  readonly id: string;
  /** Whether the database answers now; asking may take three seconds. */
  isReachable(): Promise<boolean>;
  /** What the database takes on its disk. @throws Fault `unavailable`. */
  readonly databaseBytes: () => Promise<number>;
}

/** A stop waits this long for a database that is away; then what a last COMMIT came to stays unknown. */
const PATIENCE_MS = 10_000;

/**
 * Opens the store of a database: migrates it, one server at a time, and recovers what was acknowledged. When the
 * connection ends later, commits are refused as `unavailable` until it is back.
 * @throws Fault `invalid` (the URL), `unavailable` (no connection), `unsupported` (a database that loses commits, or a
 * newer program's store), `corrupt`.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<PostgresStore> {
  const { patience = STORE_LIMITS } = options;
  const address = postgresAddress(options.url);
  const id = await prepare(address, { ...UNHURRIED, connectMs: patience.connectMs }, options.now ?? Date.now);
  const write = await connected(address, patience);
  const read = new PostgresReaders(address, patience);
  const disconnect = async (): Promise<void> => {
    await Promise.all([write.close(), read.close()]);
  };
  try {
    await mkdir(options.blobs, { recursive: true, mode: 0o700 });
    const { finish, ...ports } = await composeSqlStore(write, read, {
      ...options,
      limits: { waitMs: patience.statementMs, ...options.limits },
      sharing: { snapshots: read },
    });
    let closing: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      const impatient = setTimeout(() => void write.close(), PATIENCE_MS);
      await finish();
      clearTimeout(impatient);
      await disconnect();
    };
    return {
      ...ports,
      id,
      isReachable: reachability(read),
      databaseBytes: () => sizeOf(read),
      blobs: await fsBlobStore(options.blobs, { onFatal: options.onFatal, isShared: true }),
      uploads: await fsUploadStore(options.blobs, { onFatal: options.onFatal }),
      close: () => (closing ??= close()),
    };
  } catch (error) {
    await disconnect();
    throw error;
  }
}

/** Brings the schema up to date while no other server does, and gives the store's identity. */
async function prepare(address: PostgresAddress, limits: PostgresLimits, now: () => number): Promise<string> {
  // On a connection of its own: another server's migration, and this one's, take as long as they take.
  const write = await connected(address, limits);
  try {
    await write.query(`SELECT pg_advisory_lock(${MIGRATING})`);
    // Backing a database server up is its administrator's: each migration is one transaction, so a failure leaves the
    // schema of before, and pg_dump or the server's own archive has what was there.
    await migrate(write, storeMigrations, { at: now(), backup: async () => undefined });
    return await makeIdentity(write, randomUUID());
  } catch (error) {
    throw asFault(error);
  } finally {
    // The lock goes with its connection.
    await write.close();
  }
}

/** @throws Fault `unavailable`, `unsupported`. */
async function connected(address: PostgresAddress, limits: PostgresLimits): Promise<PostgresConnection> {
  return PostgresConnection.open(address, limits).catch((error: unknown) => {
    throw asFault(error);
  });
}

function asFault(error: unknown): unknown {
  return error instanceof ConnectionLost ? new Fault('unavailable', error.message, {}, error) : error;
}

async function sizeOf(read: Connection): Promise<number> {
  const [row] = await read.query<{ bytes: number }>('SELECT pg_database_size(current_database()) AS bytes');
  return row?.bytes ?? 0;
}

const MIGRATING = `hashtext('cairn migration')`;
