import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Health } from '#protocols/edge/wire.ts';
import { PRODUCT_VERSION } from './version.ts';

/** What the server was started on. Without a directory nothing of it is on a disk of this machine. */
export interface StoreFacts {
  readonly database: Health['database'];
  readonly directory?: string;
  /** Of a database that is no file of the directory. */
  readonly databaseBytes?: () => Promise<number>;
}

type Check = Health['checks'][number];

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
const WARN_FREE_BYTES = 5 * GIB;
const FAIL_FREE_BYTES = GIB / 2;
/** A checkpoint that runs keeps it at some MiB; a reader that never ends lets it grow. */
const WARN_WAL_BYTES = 512 * MIB;
/** Counting a million files takes seconds; nobody needs the figure newer. */
const BLOBS_KEPT_MS = 60_000;
/** Before this program was written: a machine whose clock was never set. */
const EARLIEST_MS = Date.UTC(2026, 0, 1);

/** @param isReady whether the store accepts writes */
export function healthOf(
  store: StoreFacts,
  isReady: () => boolean | Promise<boolean>,
): () => Promise<Health> {
  const startedAt = Date.now();
  const countBlobs = keptFor(BLOBS_KEPT_MS, () => blobsIn(store.directory));
  return async () => {
    const [files, blobs, freeBytes] = await Promise.all([
      databaseFiles(store.directory),
      countBlobs(),
      freeIn(store.directory),
    ]);
    const isAccepting = await isReady();
    const databaseBytes = await databaseSize(store, isAccepting, files);
    const checks = [
      accepting(isAccepting),
      ...(freeBytes === undefined ? [] : [disk(freeBytes)]),
      ...(store.database === 'sqlite' ? [writeAheadLog(files.wal)] : []),
      clock(Date.now()),
    ];
    return {
      version: PRODUCT_VERSION,
      startedAt,
      database: store.database,
      memoryBytes: process.memoryUsage.rss(),
      checks,
      storage: { databaseBytes, ...blobs, ...(freeBytes !== undefined && { freeBytes }) },
    };
  };
}

/** What a database that is away takes is not known; asking would only take the time of whoever looks why. */
async function databaseSize(
  store: StoreFacts,
  isAccepting: boolean,
  files: { readonly data: number; readonly wal: number },
): Promise<number> {
  if (!store.databaseBytes) return files.data + files.wal;
  return isAccepting ? store.databaseBytes().catch(() => 0) : 0;
}

function accepting(isReady: boolean): Check {
  return {
    name: 'writes',
    status: isReady ? 'ok' : 'failing',
    detail: isReady ? 'The store accepts writes.' : 'The store does not accept writes; the log says why.',
  };
}

export function disk(freeBytes: number): Check {
  const status = freeBytes < FAIL_FREE_BYTES ? 'failing' : freeBytes < WARN_FREE_BYTES ? 'warning' : 'ok';
  return { name: 'disk', status, detail: `${(freeBytes / GIB).toFixed(1)} GiB are free.` };
}

export function writeAheadLog(bytes: number): Check {
  const isLarge = bytes >= WARN_WAL_BYTES;
  return {
    name: 'write-ahead log',
    status: isLarge ? 'warning' : 'ok',
    detail: `${Math.ceil(bytes / MIB)} MiB${isLarge ? ': a program reads the database and never ends' : ''}.`,
  };
}

export function clock(now: number): Check {
  const isSet = now >= EARLIEST_MS;
  return {
    name: 'clock',
    status: isSet ? 'ok' : 'failing',
    detail: `${new Date(now).toISOString()}${isSet ? '' : ': the machine’s clock is not set, keys and sessions end at wrong times'}.`,
  };
}

/** Sizes of `cairn.db` and of its `-wal`; zero where there is none. */
export async function databaseFiles(directory: string | undefined): Promise<{ data: number; wal: number }> {
  const size = async (name: string): Promise<number> =>
    directory === undefined
      ? 0
      : stat(join(directory, name)).then(
          (found) => found.size,
          () => 0,
        );
  const [data, wal] = await Promise.all([size('cairn.db'), size('cairn.db-wal')]);
  return { data, wal };
}

async function freeIn(directory: string | undefined): Promise<number | undefined> {
  if (directory === undefined) return undefined;
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/** Files below `blobs/`, one folder after another: the server has other things to do. */
async function blobsIn(directory: string | undefined): Promise<{ blobs: number; blobBytes: number }> {
  const total = { blobs: 0, blobBytes: 0 };
  if (directory === undefined) return total;
  const root = join(directory, 'blobs');
  for (const folder of await readdir(root).catch(() => [])) {
    for (const name of await readdir(join(root, folder)).catch(() => [])) {
      const found = await stat(join(root, folder, name)).catch(() => undefined);
      if (!found) continue;
      total.blobs += 1;
      total.blobBytes += found.size;
    }
  }
  return total;
}

function keptFor<T>(ms: number, read: () => Promise<T>): () => Promise<T> {
  let kept: { readonly at: number; readonly value: Promise<T> } | undefined;
  return () => {
    if (!kept || performance.now() - kept.at > ms) kept = { at: performance.now(), value: read() };
    return kept.value;
  };
}
