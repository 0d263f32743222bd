// A store is built in `<directory>.restoring` and becomes `<directory>` by one rename. Until its last step what is
// being built has a marker and no database, which no program opens; so a restore that was killed leaves a target that
// is whole or absent, and the next one starts again.
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Fault } from '#core/domain/fault.ts';
import type { BackupManifest } from './backup-manifest.ts';
import { forEachAtOnce } from './at-once.ts';
import { copyBlob, FolderOfBlobs } from './blob-folder.ts';
import { BlobTally } from './count-store.ts';
import { copyDurably, hashFile, replaceFile, sync } from '../durable-file.ts';
import { namedBlobs } from '../named-blobs.ts';
import type { OnProgress } from './progress.ts';
import { DATABASE, entriesOf, MARKER, openToRead } from '../store-files.ts';
import { lockBackup } from './take-backup.ts';
import { verifyDatabase } from './verify-backup.ts';

/** Says that a folder is a restore's own and may be removed. */
const RESTORING = 'cairn-restoring.json';

export interface RestoreBackup {
  /** Folder of a finished backup. */
  readonly from: string;
  /** The data directory to be: absent or empty. */
  readonly data: string;
  readonly onProgress?: OnProgress;
}

/**
 * Makes a store of a backup, with the identity of the one that was backed up; every byte is verified.
 * @throws Fault `conflict` when the target is not empty or another restore is at it; as `verifyBackup`.
 */
export async function restoreBackup(ask: RestoreBackup): Promise<BackupManifest> {
  const { from, onProgress = () => undefined } = ask;
  const data = resolve(ask.data);
  if ((await entriesOf(data)).length > 0) {
    throw new Fault('conflict', `'${data}' is not empty. Restore into a new directory.`, {
      reason: 'exists',
    });
  }
  const manifest = await verifyDatabase(from, onProgress);
  const building = `${data}.restoring`;
  const lock = await begin(building);
  try {
    await replaceFile(join(building, MARKER), `${JSON.stringify({ store: manifest.store })}\n`);
    const unfinished = join(building, `${DATABASE}.unfinished`);
    onProgress({ stage: 'database' });
    await copyDurably(join(from, manifest.database.file), unfinished);
    if ((await hashFile(unfinished)) !== manifest.database.sha256) {
      throw new Fault('corrupt', 'The copy of the database differs from the backup: is the disk sound?');
    }
    await copyBlobs(ask, { building, database: unfinished, manifest });
    onProgress({ stage: 'publish' });
    await rename(unfinished, join(building, DATABASE));
    await sync(building);
  } finally {
    lock.release();
  }
  await rename(building, data);
  await sync(dirname(data));
  await rm(join(data, RESTORING), { force: true });
  onProgress({ stage: 'done' });
  return manifest;
}

/** Makes the folder anew and locks it. What an earlier restore left there goes; anything else stays and is refused. */
async function begin(building: string): Promise<{ release(): void }> {
  if (existsSync(building)) {
    const found = await entriesOf(building);
    if (found.length > 0 && !found.some((name) => name.startsWith(RESTORING))) {
      throw new Fault('conflict', `'${building}' is in the way: move it elsewhere.`, { reason: 'exists' });
    }
    lockBackup(building).release();
    await rm(building, { recursive: true });
  }
  await mkdir(building, { recursive: true, mode: 0o700 });
  await replaceFile(join(building, RESTORING), '{}\n');
  return lockBackup(building);
}

async function copyBlobs(
  { from, onProgress = () => undefined }: RestoreBackup,
  to: { readonly building: string; readonly database: string; readonly manifest: BackupManifest },
): Promise<void> {
  const { building, database, manifest } = to;
  const connection = openToRead(database);
  try {
    const folder = await FolderOfBlobs.open(building);
    const tally = new BlobTally();
    const damaged = new Set(manifest.damagedBlobs);
    let done = 0;
    await forEachAtOnce(tally.counting(namedBlobs(connection)), async (blob) => {
      if (!damaged.has(blob.digest)) await copyBlob({ from, to: folder, blob });
      done += 1;
      onProgress({ stage: 'blobs', done, total: manifest.blobs.count });
    });
    await folder.finish();
    if (tally.total().sha256 !== manifest.blobs.sha256) {
      throw new Fault('corrupt', 'The backup names other blobs than its manifest counted.');
    }
  } finally {
    connection.close();
  }
}
