import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Fault } from '#core/domain/fault.ts';
import { assertSoundSqlite } from '#storage/sql/sqlite/sqlite-backup.ts';
import { forEachAtOnce } from './at-once.ts';
import { BACKUP_MANIFEST, readManifest, type BackupManifest } from './backup-manifest.ts';
import { sizeOf, verifyBlob } from './blob-folder.ts';
import { BlobTally, countStore, sequenceOf } from './count-store.ts';
import { hashFile } from '../durable-file.ts';
import { namedBlobs } from '../named-blobs.ts';
import type { OnProgress } from './progress.ts';
import { openToRead, schemaOf } from '../store-files.ts';

/**
 * Reads every byte of a backup and holds it against its manifest.
 * @throws Fault `not_found` when there is no finished backup, `corrupt` saying what is wrong, `unsupported`.
 */
export async function verifyBackup(
  folder: string,
  onProgress: OnProgress = () => undefined,
): Promise<BackupManifest> {
  const manifest = await verifyDatabase(folder, onProgress);
  const database = openToRead(join(folder, manifest.database.file));
  try {
    let done = 0;
    const damaged = new Set(manifest.damagedBlobs);
    const tally = new BlobTally();
    await forEachAtOnce(tally.counting(namedBlobs(database)), async (blob) => {
      if (!damaged.has(blob.digest)) await verifyBlob(folder, blob);
      done += 1;
      onProgress({ stage: 'blobs', done, total: manifest.blobs.count });
    });
    assertEqual('blobs', tally.total(), manifest.blobs);
  } finally {
    database.close();
  }
  onProgress({ stage: 'done' });
  return manifest;
}

/** The same without the blobs. */
export async function verifyDatabase(folder: string, onProgress: OnProgress): Promise<BackupManifest> {
  await stat(folder).catch(() => {
    throw new Fault('not_found', `There is no folder '${folder}'.`);
  });
  const manifest = readManifest(folder);
  if (!manifest) {
    throw new Fault(
      'not_found',
      `'${folder}' holds no finished backup: it has no ${BACKUP_MANIFEST}, which is written last.`,
    );
  }
  onProgress({ stage: 'verify' });
  const { file, sizeBytes, sha256 } = manifest.database;
  const path = join(folder, file);
  const size = await sizeOf(path);
  if (size === undefined) throw new Fault('corrupt', `The backup's database '${file}' is missing.`);
  if (size !== sizeBytes || (await hashFile(path)) !== sha256) {
    throw new Fault('corrupt', `The backup's database '${file}' is not the one that was taken.`);
  }
  assertSoundSqlite(path);
  const database = openToRead(path);
  try {
    assertEqual('schema', schemaOf(database), manifest.schema);
    assertEqual('counts', countStore(database), manifest.counts);
    assertEqual('sequence', sequenceOf(database), manifest.sequence);
  } finally {
    database.close();
  }
  return manifest;
}

function assertEqual(what: string, found: unknown, expected: unknown): void {
  if (isDeepStrictEqual(found, expected)) return;
  const said = `${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`;
  throw new Fault('corrupt', `The backup's ${what} differ from its manifest: ${said}.`);
}
