// Moves a store from one database to another. The target is marked as half moved before its first row and unmarked
// after everything was compared, so no server ever opens less than all. Progress is kept with the rows: killed at any
// point, the same transfer asked for again goes on. The source is only read, under its lock from beginning to end.
import { Fault } from '#core/domain/fault.ts';
import { ConnectionLost } from '#storage/sql/postgres/postgres-failure.ts';
import { compareTables, type ComparedTable } from './compare-tables.ts';
import { assertHoldsBlobs, copyBlobs, type CopiedBlobs } from './copy-blobs.ts';
import { copyTable } from './copy-table.ts';
import { prepareTarget, readSource } from './prepare-target.ts';
import { quoted } from './row-pages.ts';
import { openSourceDirectory, openTargetDirectory } from './sides/directory-side.ts';
import { openPostgresSide } from './sides/postgres-side.ts';
import type { Side } from './sides/side.ts';
import { blobsOf, type StorePlace } from './store-place.ts';
import { assertAlike, readShapes, type TableShape } from './table-shape.ts';
import { endRecord, NOT_BEGUN, readProgress } from './transfer-record.ts';

export interface TransferStore {
  readonly from: StorePlace;
  /** Empty, or what an earlier run of this transfer left. */
  readonly to: StorePlace;
  /** Bytes of rows in one transaction, about; 4 MiB when absent. */
  readonly pageBytes?: number;
  /** Milliseconds UTC. */
  readonly now?: () => number;
  readonly onProgress?: (progress: TransferProgress) => void;
}

/** Told after each transaction and each blob; `done` of `total` rows, those of earlier runs included, or `done` blobs. */
export interface TransferProgress {
  readonly stage: 'open' | 'rows' | 'blobs' | 'compare' | 'done';
  readonly done?: number;
  readonly total?: number;
}

export interface Transferred {
  /** Identity of the store, the same on both sides. */
  readonly store: string;
  /** The last commit that it holds. */
  readonly sequence: number;
  /** Whether an earlier run was gone on with. */
  readonly resumed: boolean;
  readonly rows: number;
  /** What both sides agree on, in the order of copying. */
  readonly tables: readonly ComparedTable[];
  readonly blobs: CopiedBlobs;
}

/**
 * Moves a store; both sides are then equal, and the target may be opened.
 * @throws Fault `not_found` (no source), `conflict` (in use, not empty, older or half moved), `unsupported` (newer),
 * `corrupt` (a row that cannot be moved, or a copy that is not equal), `unavailable` (database away, disk full).
 */
export async function transferStore(ask: TransferStore): Promise<Transferred> {
  const { from, to, onProgress = () => undefined } = ask;
  onProgress({ stage: 'open' });
  const source = await openSource(from);
  try {
    const target = await openTarget(to);
    try {
      return await move(ask, { source, target });
    } catch (error) {
      throw faultOf(error, [source, target]);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function move(ask: TransferStore, sides: Sides): Promise<Transferred> {
  const { from, to, pageBytes, now = Date.now, onProgress = () => undefined } = ask;
  const { source, target } = sides;
  const origin = await readSource(source);
  assertHoldsBlobs(blobsOf(from));
  const resumed = await prepareTarget(target, origin, now());
  const tables = await readShapes(source.connection);
  assertAlike(tables, await readShapes(target.connection));
  const total = await countRows(source, tables);
  const progress = await readProgress(target.connection);
  const onRows = counting((done) => onProgress({ stage: 'rows', done, total }));
  onRows([...progress.values()].reduce((sum, { rows }) => sum + rows, 0));
  for (const table of tables) {
    const before = progress.get(table.name) ?? NOT_BEGUN;
    await copyTable(table, { ...sides, before, pageBytes, onRows });
  }
  const onBlob = counting((done) => onProgress({ stage: 'blobs', done }));
  const blobs = await copyBlobs({
    connection: source.connection,
    tables,
    from: blobsOf(from),
    to: blobsOf(to),
    onBlob: () => onBlob(1),
  });
  const onCompared = counting((done) => onProgress({ stage: 'compare', done, total }));
  const compared = await compareTables(tables, { ...sides, onRows: onCompared });
  await target.identify(origin.store);
  await endRecord(target.connection);
  onProgress({ stage: 'done' });
  const rows = compared.reduce((sum, table) => sum + table.rows, 0);
  return { ...origin, resumed, rows, tables: compared, blobs };
}

interface Sides {
  readonly source: Side;
  readonly target: Side;
}

function openSource(place: StorePlace): Promise<Side> {
  if (place.kind === 'postgres') return openPostgresSide(place.address, 'source');
  return openSourceDirectory(place.directory);
}

function openTarget(place: StorePlace): Promise<Side> {
  if (place.kind === 'postgres') return openPostgresSide(place.address, 'target');
  return openTargetDirectory(place.directory);
}

async function countRows({ connection }: Side, tables: readonly TableShape[]): Promise<number> {
  let total = 0;
  for (const { name } of tables) {
    const [row] = await connection.query<{ n: number }>(`SELECT count(*) AS n FROM ${quoted(name)}`);
    total += row?.n ?? 0;
  }
  return total;
}

/** Tells the sum so far at each call, also when it did not grow. */
function counting(tell: (sum: number) => void): (count: number) => void {
  let sum = 0;
  return (count) => tell((sum += count));
}

const GOES_ON = 'The same command goes on where this one stopped.';

/** What the databases throw, in words for who is moving the store. */
function faultOf(error: unknown, sides: readonly Side[]): unknown {
  if (error instanceof Fault) return error;
  if (error instanceof ConnectionLost)
    return new Fault('unavailable', `${error.message} ${GOES_ON}`, {}, error);
  const failures = sides.map(({ connection }) => connection.failureOf(error));
  if (failures.includes('full')) return new Fault('unavailable', `The disk is full. ${GOES_ON}`, {}, error);
  if (failures.includes('busy')) {
    return new Fault('unavailable', `The database was busy or went away. ${GOES_ON}`, {}, error);
  }
  return error;
}
