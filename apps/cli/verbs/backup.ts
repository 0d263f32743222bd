import { Command } from 'commander';
import { formatTime } from '../describe-run.ts';
import { Complaint } from '../explain.ts';
import { formatBytes, showProgress, withStore, type StoreOption } from '../store-option.ts';

interface Options extends StoreOption {
  readonly verify?: true;
  readonly link?: true;
}

const WORDS = {
  database: 'Copying the database',
  verify: 'Verifying the database',
  blobs: 'Files',
  manifest: 'Writing the manifest',
  prune: 'Removing what the last backup no longer needs',
};

/** `cairn backup FOLDER`: also while a server runs. */
export function backupVerb(): Command {
  const verb = new Command('backup')
    .description(
      'copy a store into a folder, also while a server runs; again into the same folder copies what is new',
    )
    .argument('<folder>', 'where the backup is, or shall be')
    .option('--verify', 'read every byte of the backup that is there, and take none')
    .option('--link', 'hard links instead of copies of files, where that is possible');
  return withStore(verb).action(backUp);
}

async function backUp(folder: string, options: Options): Promise<void> {
  const onProgress = showProgress(WORDS);
  if (options.verify) {
    const { verifyBackup } = await import('#storage/care/backup/verify-backup.ts');
    const manifest = await verifyBackup(folder, onProgress);
    if (options.json) console.log(JSON.stringify(manifest, null, 2));
    else console.log(`The backup of ${formatTime(manifest.takenAt)} is whole: ${describe(manifest)}.`);
    return;
  }
  const { takeBackup } = await import('#storage/care/backup/take-backup.ts');
  const taken = await takeBackup({ data: options.data, to: folder, link: options.link === true, onProgress });
  if (options.json) console.log(JSON.stringify(taken, null, 2));
  else {
    const copied = `${taken.copiedBlobs} new files, ${formatBytes(taken.copiedBytes)}`;
    console.log(`Backed up ${describe(taken.manifest)} (${copied}) to ${folder}.`);
  }
  const { damagedBlobs } = taken.manifest;
  if (damagedBlobs.length > 0) {
    throw new Complaint(
      `${damagedBlobs.length} files are damaged or missing in the store and are not in the backup. 'cairn doctor --deep' names them.`,
    );
  }
}

function describe(manifest: {
  readonly counts: { readonly runs: number; readonly projects: number };
  readonly blobs: { readonly count: number; readonly sizeBytes: number };
  readonly database: { readonly sizeBytes: number };
}): string {
  const { counts, blobs, database } = manifest;
  return `${counts.runs} runs in ${counts.projects} projects, ${formatBytes(database.sizeBytes)} of database, ${blobs.count} files of ${formatBytes(blobs.sizeBytes)}`;
}
