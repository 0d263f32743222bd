import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '#core/domain/fault.ts';
import type { Manifest } from '#core/domain/manifest.ts';
import { blobPath } from '#storage/blobs-fs/fs-blob-store.ts';
import { forEachAtOnce } from '#storage/care/backup/at-once.ts';
import { copyBlob, FolderOfBlobs, sizeOf, verifyBlob } from '#storage/care/backup/blob-folder.ts';
import { isDigest, type NamedBlob } from '#storage/care/named-blobs.ts';
import type { Connection, SqlValue } from '#storage/sql/connection.ts';
import { pagesOf } from './row-pages.ts';
import type { TableShape } from './table-shape.ts';

export interface CopiedBlobs {
  /** True when both stores have one directory: nothing was copied, only looked for. */
  readonly shared: boolean;
  /** Blobs looked for; one that rows far from each other name counts again. */
  readonly lookedAt: number;
  readonly copied: number;
  /** Digests of blobs that are missing or damaged in the source. */
  readonly damaged: readonly string[];
}

export interface CopyBlobs {
  /** Whose rows name the blobs. */
  readonly connection: Connection;
  readonly tables: readonly TableShape[];
  /** Directories that hold `blobs/`. */
  readonly from: string;
  readonly to: string;
  readonly onBlob: () => void;
}

/**
 * Servers make the folder at their first start, so a directory without it is not a store's.
 * @throws Fault `not_found`.
 */
export function assertHoldsBlobs(directory: string): void {
  if (existsSync(join(directory, 'blobs'))) return;
  const message = `The files of the store are not in '${directory}': it has no folder 'blobs'. Name the right directory with --data.`;
  throw new Fault('not_found', message, { subject: 'directory' });
}

/**
 * Brings every blob that the store names to the target's directory, each verified on the way: as a hard link where both
 * are on one file system (blobs are never changed in place), else as a copy. What is there with its size stays.
 */
export async function copyBlobs(ask: CopyBlobs): Promise<CopiedBlobs> {
  const { connection, tables, from, to, onBlob } = ask;
  const shared = await isSame(from, to);
  const folder = shared ? undefined : await FolderOfBlobs.open(to);
  const damaged = new Set<string>();
  let [lookedAt, copied] = [0, 0];
  const bring = folder ? bringing(from, folder) : (blob: NamedBlob) => assertThere(from, blob);
  for await (const blobs of namedBlobs(connection, tables)) {
    await forEachAtOnce(blobs, async (blob) => {
      try {
        if (await bring(blob)) copied += 1;
      } catch (error) {
        if (!(error instanceof Fault) || error.code !== 'corrupt') throw error;
        damaged.add(blob.digest);
      }
      lookedAt += 1;
      onBlob();
    });
  }
  await folder?.finish();
  return { shared, lookedAt, copied, damaged: [...damaged].toSorted() };
}

/** Brings one blob; true unless it was there. */
function bringing(from: string, folder: FolderOfBlobs): (blob: NamedBlob) => Promise<boolean> {
  let canLink = true;
  return async (blob) => {
    if (await folder.has(blob)) return false;
    if (canLink) {
      await verifyBlob(from, blob);
      canLink = await folder.link(blob, blobPath(from, blob.digest));
    }
    if (!canLink) await copyBlob({ from, to: folder, blob });
    return true;
  };
}

async function assertThere(directory: string, blob: NamedBlob): Promise<boolean> {
  if ((await sizeOf(blobPath(directory, blob.digest))) === blob.sizeBytes) return false;
  throw new Fault('corrupt', `The blob ${blob.digest} is missing or not whole.`, { subject: 'blob' });
}

/** The blobs that each page of rows names, without repetition inside a page. */
async function* namedBlobs(
  connection: Connection,
  tables: readonly TableShape[],
): AsyncGenerator<readonly NamedBlob[]> {
  for (const [name, blobsOf] of NAMING) {
    const table = tables.find((one) => one.name === name);
    if (!table) throw new Fault('internal', `There is no table '${name}' to name blobs.`);
    const names = table.columns.map((column) => column.name);
    for await (const { rows } of pagesOf(connection, table)) {
      const found = rows.flatMap((row) => blobsOf((column) => row[names.indexOf(column)] ?? null));
      yield [...new Map(found.map((blob) => [blob.digest, blob])).values()];
    }
  }
}

type ColumnOf = (name: string) => SqlValue;

/** The tables whose rows name blobs, and how. */
const NAMING: ReadonlyMap<string, (column: ColumnOf) => readonly NamedBlob[]> = new Map([
  ['tree_file', (column: ColumnOf) => [namedBlob(column('digest'), column('size_bytes'))]],
  [
    'manifest',
    (column: ColumnOf) => {
      const { entries } = JSON.parse(String(column('document'))) as Manifest;
      return entries.map(({ digest, sizeBytes }) => namedBlob(digest, sizeBytes));
    },
  ],
]);

/** Digests become paths, so what a damaged database says is looked at. @throws Fault `corrupt`. */
function namedBlob(digest: unknown, sizeBytes: unknown): NamedBlob {
  if (typeof digest === 'string' && isDigest(digest)) return { digest, sizeBytes: Number(sizeBytes) };
  throw new Fault('corrupt', 'The database names a blob by something that is no digest.');
}

async function isSame(one: string, other: string): Promise<boolean> {
  const real = (path: string) => realpath(path).catch(() => path);
  return (await real(one)) === (await real(other));
}
