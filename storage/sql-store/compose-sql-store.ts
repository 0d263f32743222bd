import { SYSTEM } from '#core/domain/actor.ts';
import { DEFAULT_PROJECT, DEFAULT_WORKSPACE } from '#core/domain/ids.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import type { SeriesReader } from '#core/tracking/ports/series.ts';
import type { CommitEvent } from '#core/tracking/ports/writer.ts';
import { SqlCatalogReader } from '#storage/catalog/catalog-reader.ts';
import { CatalogRows } from '#storage/catalog/catalog-rows.ts';
import { CatalogWriter, SEQUENCE } from '#storage/catalog/catalog-writer.ts';
import { SqlIdentityReader } from '#storage/catalog/identity-reader.ts';
import { ModelCache } from '#storage/catalog/registry/model-cache.ts';
import { SqlRegistryReader } from '#storage/catalog/registry/registry-reader.ts';
import { RunAssembly } from '#storage/catalog/run-assembly.ts';
import { readRuns } from '#storage/catalog/run-readings.ts';
import type { CatalogTables } from '#storage/catalog/tables.ts';
import { RunColumns } from '#storage/columns/run-columns.ts';
import { SeriesEngine, type SeriesOptions } from '#storage/series/series-engine.ts';
import type { QueueLimits } from '#storage/sql/commit-queue.ts';
import type { Connection } from '#storage/sql/connection.ts';
import { lastEvents, lastPosition } from '#storage/sql/commit-log.ts';
import { Follower } from '#storage/sql/follower.ts';
import { GroupCommit } from '#storage/sql/group-commit.ts';
import { kyselyOver } from '#storage/sql/kysely-over.ts';
import type { WriteConnection } from '#storage/sql/participants.ts';
import { RecentCommits } from '#storage/sql/recent-commits.ts';
import { freshReader, poll, type Sharing } from './sharing.ts';

/** What the compositions of a SQL store let their caller decide. */
export interface SqlStoreOptions {
  /** Called once when what is on the disk is unknown: the process must end with a failure. */
  readonly onFatal: (error: unknown) => void;
  /** Where the default project's files are addressed. */
  readonly artifactLocation?: string;
  readonly limits?: Partial<QueueLimits>;
  /** When unsealed points move into segments. */
  readonly series?: SeriesOptions;
  /** How much memory the columns that searches of runs read may take. */
  readonly columnBytes?: number;
  /** Milliseconds UTC. */
  readonly now?: () => number;
  /** Present when other processes write to the database, too. */
  readonly sharing?: Sharing;
}

/** All of a store but its blobs. */
export type SqlStore = Omit<Store, 'blobs' | 'uploads' | 'close'> & {
  /** Waits for what was begun; later commits are refused. The connections stay open. */
  readonly finish: () => Promise<void>;
  /** Says that another process committed something: it is then applied, and told to listeners. */
  readonly nudge: () => void;
};

/** Composes a store over two connections to a database whose schema is up to date. @throws Fault `corrupt`. */
export async function composeSqlStore(
  write: WriteConnection,
  read: Connection,
  options: SqlStoreOptions,
): Promise<SqlStore> {
  const { onFatal, limits = {}, sharing, now = Date.now } = options;
  await makeDefaultProject(write, options);
  const db = kyselyOver<CatalogTables>(read);
  const rows = new CatalogRows();
  const open = async (moment: Connection): Promise<Opened> => ({
    sequence: await sequenceOf(moment),
    series: await SeriesEngine.open(read, options.series, moment),
    ...(sharing && (await endOfLog(moment))),
  });
  const opened = await (sharing ? sharing.snapshots.snapshot(open) : open(read));
  const { series, sequence } = opened;
  const feed = feedThrough(sequence, opened.events);
  const assembly = new RunAssembly(db, rows, {
    metrics: series,
    ...(sharing && { horizon: { latest: () => feed.latest(), fresh: async () => follower?.fresh() } }),
  });
  const columns = new RunColumns(
    {
      async *readRuns(project, fields) {
        yield* readRuns({ db, metrics: series }, project, fields);
        await follower?.fresh();
      },
      runs: (ids) => assembly.runs(ids),
    },
    { feed, keptBytes: options.columnBytes },
  );
  const models = new ModelCache(db);
  const catalog = new CatalogWriter({
    connection: write,
    rows,
    metrics: { summaries: (owner) => series.summariesWithin(write, owner) },
    onPublish: (old) => assembly.forget(old),
    onRegistered: (changed) => models.forget(changed),
  });
  const caches = { catalog, points: series, feed };
  const follower =
    sharing &&
    new Follower({
      ...caches,
      position: opened.position ?? 0,
      read,
      snapshots: sharing.snapshots,
      sequence: sequenceOf,
      now,
    });
  if (follower) series.settleBy((isNeeded) => follower.settle(isNeeded));
  const writer = new GroupCommit({
    connection: write,
    ...caches,
    onFatal,
    limits,
    ...(follower && { follower }),
  });
  const stopPolling = follower && poll(() => follower.nudge(), sharing?.pollMs);
  const fresh = <Reader extends object>(reader: Reader): Reader =>
    follower ? freshReader(reader, () => follower.fresh()) : reader;
  return {
    writer,
    feed,
    catalog: fresh(
      new SqlCatalogReader({ db, rows, metrics: series, assembly, search: (ask) => columns.search(ask) }),
    ),
    // Remembers nothing that another server could have changed.
    identity: new SqlIdentityReader(db),
    registry: new SqlRegistryReader({
      db,
      dialect: read.dialect,
      models,
      ...(follower && { fresh: () => follower.fresh() }),
    }),
    series: fresh<SeriesReader>(series),
    finish: async () => {
      stopPolling?.();
      await writer.close();
      await follower?.close();
    },
    nudge: () => follower?.nudge(),
  };
}

interface Opened {
  readonly sequence: number;
  readonly series: SeriesEngine;
  readonly position?: number;
  readonly events?: readonly CommitEvent[];
}

async function endOfLog(moment: Connection): Promise<Pick<Opened, 'position' | 'events'>> {
  const position = await lastPosition(moment);
  return { position, events: await lastEvents(moment, position) };
}

/** Reads the table, not a cache of it. */
async function sequenceOf(connection: Connection): Promise<number> {
  const counters = new CatalogRows().counters;
  return (await counters.durable(kyselyOver<CatalogTables>(connection), [SEQUENCE])).get(SEQUENCE) ?? 0;
}

/** Pages that another server told of these events go on from there. */
function feedThrough(sequence: number, events: readonly CommitEvent[] = []): RecentCommits {
  const feed = new RecentCommits(sequence - events.length);
  for (const event of events) feed.publish(event);
  return feed;
}

/** Every store has it from its first start; it is part of no commit, so an empty store is at sequence 0. */
async function makeDefaultProject(
  write: WriteConnection,
  { artifactLocation = 'mlflow-artifacts:/0', now = Date.now }: SqlStoreOptions,
): Promise<void> {
  const at = now();
  await kyselyOver<CatalogTables>(write)
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
    // Of servers that start at once one inserts it; it is any of its keys that the others meet.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
