import { Command } from 'commander';
import { formatTime } from '../describe-run.ts';
import { Complaint } from '../explain.ts';
import { showProgress, withStore, type StoreOption } from '../store-option.ts';

const WORDS = { verify: 'Verifying the backup', database: 'Copying the database', blobs: 'Files' };

/** `cairn restore FOLDER --data DIR`: makes a store of a backup, in a directory that is empty or not there. */
export function restoreVerb(): Command {
  const verb = new Command('restore')
    .description('make a store of a backup, in a new directory')
    .argument('<folder>', 'where the backup is');
  return withStore(verb).action(restore);
}

async function restore(folder: string, options: StoreOption): Promise<void> {
  const { restoreBackup } = await import('#storage/care/backup/restore-backup.ts');
  const manifest = await restoreBackup({ from: folder, data: options.data, onProgress: showProgress(WORDS) });
  if (options.json) console.log(JSON.stringify(manifest, null, 2));
  else {
    const { counts, takenAt } = manifest;
    const what = `${counts.runs} runs in ${counts.projects} projects as of ${formatTime(takenAt)}`;
    console.log(`Restored ${what}. Start it with: cairn server --data ${options.data}`);
  }
  if (manifest.damagedBlobs.length > 0) {
    throw new Complaint(
      `${manifest.damagedBlobs.length} files were damaged already when the backup was taken and are missing.`,
    );
  }
}
