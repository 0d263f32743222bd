import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SYSTEM } from '#core/domain/actor.ts';
import { DEFAULT_PROJECT, DEFAULT_WORKSPACE } from '#core/domain/ids.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import { fsBlobStore } from '#storage/blobs-fs/fs-blob-store.ts';
import { CatalogRows } from '#storage/catalog/catalog-rows.ts';
import { SqlCatalogReader } from '#storage/catalog/catalog-reader.ts';
import { CatalogWriter, SEQUENCE } from '#storage/catalog/catalog-writer.ts';
import { catalogMigrations } from '#storage/catalog/migrations.ts';
import { RunAssembly } from '#storage/catalog/run-assembly.ts';
import type { CatalogDb, CatalogTables } from '#storage/catalog/tables.ts';
import { seriesMigrations } from '#storage/series/migrations.ts';
import { SeriesEngine, type SeriesOptions } from '#storage/series/series-engine.ts';
import type { QueueLimits } from '#storage/sql/commit-queue.ts';
import { GroupCommit } from '#storage/sql/group-commit.ts';
import { kyselyOver } from '#storage/sql/kysely-over.ts';
import { migrate } from '#storage/sql/migrations.ts';
import { RecentCommits } from '#storage/sql/recent-commits.ts';
import { backUpSqlite } from '#storage/sql/sqlite/sqlite-backup.ts';
import { SqliteConnection } from '#storage/sql/sqlite/sqlite-connection.ts';
import { lockData, type DataLock } from './data-lock.ts';
import { assertNotLost, markStore } from './store-marker.ts';

export interface EmbeddedStoreOptions {
  /** The data directory; made when it is not there. One process may have it open. */
  readonly directory: string;
  /** Called once when what is on the disk is unknown: the process must end with a failure. */
  readonly onFatal: (error: unknown) => void;
  /** Where the default project's files are addressed. */
  readonly artifactLocation?: string;
  readonly limits?: Partial<QueueLimits>;
  /** When unsealed points move into segments. */
  readonly series?: SeriesOptions;
  /** Milliseconds UTC. */
  readonly now?: () => number;
}

export interface EmbeddedStore extends Store {
  /** Says under which address the store is served, for the message that a second process gets. */
  announce(origin: string): void;
  /** The store's identity, for cursors and backups. */
  readonly id: string;
}

/**
 * Opens the store of a data directory: locks it, migrates it (after a verified backup), and recovers what was
 * acknowledged.
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
    const write = SqliteConnection.openWriter(file);
    opened.push(() => write.close());
    await migrate(write, [...catalogMigrations, ...seriesMigrations], {
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
    throw error;
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
  const {
    directory,
    onFatal,
    limits = {},
    artifactLocation = 'mlflow-artifacts:/0',
    now = Date.now,
  } = options;
  const { write, read, lock, id } = parts;
  const db = kyselyOver<CatalogTables>(read);
  const rows = new CatalogRows();
  await makeDefaultProject(kyselyOver<CatalogTables>(write), { artifactLocation, at: now() });
  const sequence = (await rows.counters.durable(db, [SEQUENCE])).get(SEQUENCE) ?? 0;
  const series = await SeriesEngine.open(read, options.series);
  const assembly = new RunAssembly(db, rows, series);
  const catalog = new CatalogWriter({
    connection: write,
    rows,
    metrics: series,
    onPublish: (runs) => assembly.forget(runs),
  });
  const feed = new RecentCommits(sequence);
  const writer = new GroupCommit({ connection: write, catalog, points: series, feed, onFatal, limits });
  return {
    id,
    writer,
    feed,
    catalog: new SqlCatalogReader({ db, rows, metrics: series, assembly }),
    series,
    blobs: await fsBlobStore(directory),
    announce: (origin) => lock.announce(origin),
    close: async () => {
      await writer.close();
      parts.closeAll();
    },
  };
}

/** Every store has it from its first start; it is part of no commit, so an empty store is at sequence 0. */
async function makeDefaultProject(
  db: CatalogDb,
  { artifactLocation, at }: { readonly artifactLocation: string; readonly at: number },
): Promise<void> {
  await db
    .insertInto('project')
    .values({
      id: DEFAULT_PROJECT,
      ordinal: 0,
      workspace: DEFAULT_WORKSPACE,
      name: 'Default',
      artifact_location: artifactLocation,
      created_at: at,
      updated_at: at,
      deleted_at: null,
      actor_kind: SYSTEM.kind,
      actor_id: SYSTEM.id,
      document: JSON.stringify({ tags: [], objectives: [] }),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** In the opposite order of opening; the lock goes last. Closing twice does nothing more. */
function closeAll(opened: (() => void)[]): void {
  for (let close = opened.pop(); close; close = opened.pop()) close();
}
