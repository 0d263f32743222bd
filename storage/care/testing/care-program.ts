// A program for the tests above it: does one work on a store and can be killed at a named point of it.
// Arguments: backup or restore, source, target, and where to die: `stage` or `stage:done`.
import { restoreBackup } from '../backup/restore-backup.ts';
import { takeBackup } from '../backup/take-backup.ts';
import type { Progress } from '../backup/progress.ts';

const [work, from = '', to = '', death = ''] = process.argv.slice(2);
const onProgress = ({ stage, done }: Progress): void => {
  process.stdout.write(`${stage}\n`);
  if (death === stage || death === `${stage}:${done}`) process.kill(process.pid, 'SIGKILL');
};
if (work === 'backup') await takeBackup({ data: from, to, onProgress });
else await restoreBackup({ from, data: to, onProgress });
