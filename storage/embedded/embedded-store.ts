import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '#core/tracking/ports/ports.ts';
import { fsBlobStore } from '#storage/blobs-fs/fs-blob-store.ts';
import { fsUploadStore } from '#storage/blobs-fs/fs-upload-store.ts';
import { composeSqlStore, type SqlStoreOptions } from '#storage/sql-store/compose-sql-store.ts';
import { migrate } from '#storage/sql/migrations.ts';
import { backUpSqlite } from '#storage/sql/sqlite/sqlite-backup.ts';
import { SqliteConnection } from '#storage/sql/sqlite/sqlite-connection.ts';
import { assertSound, orDamaged } from './assert-sound.ts';
import { lockData, type DataLock } from './data-lock.ts';
import { storeMigrations } from './schema.ts';
import { assertNotLost, markStore } from './store-marker.ts';

export interface EmbeddedStoreOptions extends SqlStoreOptions {
  /** The data directory; made when it is not there. One process may have it open. */
  readonly directory: string;
}

export interface EmbeddedStore extends Store {
  /** Says under which address the store is served, for the message that a second process gets. */
  announce(origin: string): void;
  /** The store's identity, for cursors and backups. */
  readonly id: string;
}

/**
 * Opens the store of a data directory: locks it, checks its pages, migrates it (after a verified backup), and recovers
 * what was acknowledged.
 * @throws Fault `conflict` when another process has it, `unsupported` when a newer program wrote it, `corrupt`.
 */
export async function openSqliteStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const { directory, now = Date.now } = options;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = lockData(directory);
  const opened: (() => void)[] = [() => lock.release()];
  try {
    const file = join(directory, 'cairn.db');
    assertNotLost(directory, file);
    await assertSound(file);
    const write = SqliteConnection.openWriter(file);
    opened.push(() => write.close());
    await migrate(write, storeMigrations, {
      at: now(),
      backup: (step) => backUpSqlite(file, join(directory, `before-${step}-${now()}.db`)),
    });
    const { store: id } = markStore(directory);
    const read = SqliteConnection.openReader(file);
    opened.push(() => read.close());
    const parts = { write, read, lock, id, closeAll: () => closeAll(opened) };
    return await compose(options, parts);
  } catch (error) {
    closeAll(opened);
    throw orDamaged(error, join(directory, 'cairn.db'));
  }
}

async function compose(
  options: EmbeddedStoreOptions,
  parts: {
    readonly write: SqliteConnection;
    readonly read: SqliteConnection;
    readonly lock: DataLock;
    readonly id: string;
    readonly closeAll: () => void;
  },
): Promise<EmbeddedStore> {
  const { write, read, lock, id } = parts;
  const { finish, ...ports } = await composeSqlStore(write, read, options);
  return {
    ...ports,
    id,
    blobs: await fsBlobStore(options.directory, { onFatal: options.onFatal }),
    uploads: await fsUploadStore(options.directory, { onFatal: options.onFatal }),
    announce: (origin) => lock.announce(origin),
    close: async () => {
      await finish();
      parts.closeAll();
    },
  };
}

/** In the opposite order of opening; the lock goes last. Closing twice does nothing more. */
function closeAll(opened: (() => void)[]): void {
  for (let close = opened.pop(); close; close = opened.pop()) close();
}
