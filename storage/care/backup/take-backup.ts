// An online backup. Why it is consistent: the copy of the database is one read transaction of SQLite. Blobs are durable
// before a row names them, are never changed, and are deleted only when nothing has named them for the grace period, so
// whatever the copy names is there when it is taken and still there while its blobs are copied, in any order. The
// manifest comes last; until then the folder holds the earlier backup or none.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '#core/domain/fault.ts';
import { lockData } from '#storage/embedded/data-lock.ts';
import { backUpSqlite } from '#storage/sql/sqlite/sqlite-backup.ts';
import { BACKUP_OWNER, readManifest, writeManifest, type BackupManifest } from './backup-manifest.ts';
import { forEachAtOnce } from './at-once.ts';
import { copyBlob, FolderOfBlobs } from './blob-folder.ts';
import { BlobTally, countStore, sequenceOf, tallyBlobs } from './count-store.ts';
import { hashFile, replaceFile } from '../durable-file.ts';
import { namedBlobs } from '../named-blobs.ts';
import type { OnProgress } from './progress.ts';
import { pruneBackup } from './prune-backup.ts';
import { entriesOf, findStore, openToRead, schemaOf } from '../store-files.ts';

export interface TakeBackup {
  /** The data directory; a server may be running on it. */
  readonly data: string;
  /** A folder that is empty, or holds an earlier backup of the same store: then only new blobs are copied. */
  readonly to: string;
  /** Blobs become hard links where both are on one file system: quick, no space, and no help when that disk breaks. */
  readonly link?: boolean;
  readonly now?: () => number;
  readonly onProgress?: OnProgress;
}

export interface TakenBackup {
  readonly manifest: BackupManifest;
  readonly copiedBlobs: number;
  readonly copiedBytes: number;
}

/**
 * Takes a verified backup. Killed half-way it leaves the earlier backup as it was; the next one goes on with what was
 * copied.
 * @throws Fault `not_found` (no store), `conflict` (the folder is another's, or in use), `corrupt` (the store is
 * damaged), `unsupported` (a newer program's store).
 */
export async function takeBackup(ask: TakeBackup): Promise<TakenBackup> {
  const { data, to, now = Date.now, onProgress = () => undefined } = ask;
  const store = findStore(data);
  await ownFolder(to, store.id);
  const lock = lockBackup(to);
  try {
    onProgress({ stage: 'database' });
    const takenAt = now();
    const file = `cairn-${new Date(takenAt).toISOString().replaceAll(/\W/g, '-')}.db`;
    await backUpDatabase(store.database, join(to, file));
    const copied = await copyNamedBlobs(ask, join(to, file));
    onProgress({ stage: 'manifest' });
    const { blobs, damagedBlobs } = copied;
    const known = { file, store: store.id, takenAt, blobs, damagedBlobs };
    const manifest = await describe(join(to, file), known);
    await writeManifest(to, manifest);
    onProgress({ stage: 'prune' });
    await pruneBackup(to, manifest);
    onProgress({ stage: 'done' });
    return { manifest, copiedBlobs: copied.count, copiedBytes: copied.bytes };
  } finally {
    lock.release();
  }
}

/** @throws Fault `conflict` when somebody writes to the backup. */
export function lockBackup(folder: string): { release(): void } {
  try {
    return lockData(folder);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new Fault('conflict', `Another process is writing to '${folder}'.`, { reason: 'exists' }, error);
  }
}

/** A folder of somebody else's files is never written to, nor pruned. */
async function ownFolder(folder: string, store: string): Promise<void> {
  const owner = join(folder, BACKUP_OWNER);
  if (!existsSync(owner)) {
    // What a kill while the owner was written has left is our own.
    if ((await entriesOf(folder)).some((name) => !name.startsWith(BACKUP_OWNER))) {
      throw new Fault('conflict', `'${folder}' is neither empty nor a backup: choose another folder.`);
    }
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await replaceFile(owner, `${JSON.stringify({ store })}\n`);
    return;
  }
  const text = await readFile(owner, 'utf8');
  if ((JSON.parse(text) as { store?: unknown }).store !== store) {
    throw new Fault('conflict', `'${folder}' holds backups of another store: choose another folder.`);
  }
  // A damaged manifest is not silently replaced: it may be all that is left of a good backup.
  readManifest(folder);
}

async function backUpDatabase(database: string, copy: string): Promise<void> {
  try {
    await backUpSqlite(database, copy);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('corrupt', `The database cannot be copied: ${String(error)}`, {}, error);
  }
}

type Copied = Pick<BackupManifest, 'blobs' | 'damagedBlobs'> & {
  readonly count: number;
  readonly bytes: number;
};

/** A blob that is damaged in the store keeps no other from being saved. */
async function copyNamedBlobs(
  { data, to, link = false, onProgress = () => undefined }: TakeBackup,
  copy: string,
): Promise<Copied> {
  const database = openToRead(copy);
  try {
    schemaOf(database);
    const total = tallyBlobs(database).count;
    const folder = await FolderOfBlobs.open(to);
    const tally = new BlobTally();
    const damagedBlobs: string[] = [];
    let [done, count, bytes] = [0, 0, 0];
    await forEachAtOnce(tally.counting(namedBlobs(database)), async (blob) => {
      if (!(await folder.has(blob))) {
        try {
          await copyBlob({ from: data, to: folder, blob, link });
          count += 1;
          bytes += blob.sizeBytes;
        } catch (error) {
          if (!(error instanceof Fault) || error.code !== 'corrupt') throw error;
          damagedBlobs.push(blob.digest);
        }
      }
      done += 1;
      onProgress({ stage: 'blobs', done, total });
    });
    await folder.finish();
    return { blobs: tally.total(), damagedBlobs: damagedBlobs.toSorted(), count, bytes };
  } finally {
    database.close();
  }
}

async function describe(
  copy: string,
  known: { readonly file: string } & Pick<BackupManifest, 'store' | 'takenAt' | 'blobs' | 'damagedBlobs'>,
): Promise<BackupManifest> {
  const { file, store, takenAt, blobs, damagedBlobs } = known;
  const database = openToRead(copy);
  try {
    return {
      format: 'cairn-backup',
      version: 1,
      store,
      takenAt,
      sequence: sequenceOf(database),
      schema: schemaOf(database),
      database: { file, sizeBytes: (await stat(copy)).size, sha256: await hashFile(copy) },
      counts: countStore(database),
      blobs,
      damagedBlobs,
    };
  } finally {
    database.close();
    // SQLite's own files beside a copy that nobody writes to.
    for (const suffix of ['-wal', '-shm']) await rm(`${copy}${suffix}`, { force: true });
  }
}
