import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupManifest } from './backup-manifest.ts';
import { blobIndex } from '../named-blobs.ts';
import { entriesOf, openToRead } from '../store-files.ts';

/** Removes what earlier backups in the folder had and this one does not. Interrupted, the next one does the rest. */
export async function pruneBackup(folder: string, { database }: BackupManifest): Promise<void> {
  const isOld = (name: string) => /^cairn-[\w-]+\.db/.test(name) && name !== database.file;
  for (const name of await entriesOf(folder)) {
    if (isOld(name)) await rm(join(folder, name), { force: true });
  }
  const copy = openToRead(join(folder, database.file));
  try {
    const isNamed = blobIndex(copy);
    const blobs = join(folder, 'blobs');
    for (const prefix of await entriesOf(blobs)) {
      for (const digest of await entriesOf(join(blobs, prefix))) {
        if (!isNamed(digest)) await rm(join(blobs, prefix, digest), { force: true });
      }
    }
  } finally {
    copy.close();
  }
}
