import { Command } from 'commander';
import type { Transferred } from '#storage/transfer/transfer-store.ts';
import { Complaint } from '../explain.ts';
import { showProgress } from '../store-option.ts';

interface Options {
  readonly from: string;
  readonly to: string;
  readonly data?: string;
  readonly json?: true;
}

const WORDS = {
  open: 'Opening both stores',
  rows: 'Copying rows',
  blobs: 'Files',
  compare: 'Comparing rows',
};

/** `cairn migrate --from DIR --to postgres://…`, or back: no server runs meanwhile. */
export function migrateVerb(): Command {
  return new Command('migrate')
    .description(
      'move a store between a data directory and PostgreSQL and compare both; again after an interruption goes on',
    )
    .requiredOption('--from <store>', 'data directory, or postgres://user:password@host:port/name')
    .requiredOption('--to <store>', 'the same; empty, or what an interrupted run of this left')
    .option('--data <dir>', 'directory of files of the store in PostgreSQL (CAIRN_DATA)')
    .option('--json', 'as JSON')
    .action(migrate);
}

async function migrate(options: Options): Promise<void> {
  const { storePlace } = await import('#storage/transfer/store-place.ts');
  const { transferStore } = await import('#storage/transfer/transfer-store.ts');
  const data = options.data ?? (process.env['CAIRN_DATA'] || undefined);
  const from = storePlace(options.from, data);
  const to = storePlace(options.to, data);
  const moved = await transferStore({ from, to, onProgress: showProgress(WORDS) });
  if (options.json) console.log(JSON.stringify(moved, null, 2));
  else console.log(`${describe(moved)}\n${next(to.kind === 'postgres', moved)}`);
  const { damaged } = moved.blobs;
  if (damaged.length > 0) {
    throw new Complaint(
      `${damaged.length} files were missing or damaged in the source; all else is moved. --json names them.`,
    );
  }
}

function describe({ tables, rows, blobs }: Transferred): string {
  const count = (name: string): number => tables.find((table) => table.name === name)?.rows ?? 0;
  const what = `${count('run')} runs in ${count('project')} projects, ${count('series')} series`;
  const files = blobs.shared ? 'files stay where they are' : `${blobs.copied} new files`;
  return `Moved ${what} (${rows} rows, equal on both sides; ${files}).`;
}

/** The URL is not repeated: it may hold a password. */
function next(isPostgres: boolean, { blobs }: Transferred): string {
  const start = isPostgres ? 'cairn server --database … --data …' : 'cairn server --data …';
  const warning = blobs.shared
    ? ' Both stores now name the same files: never start the old one again, it would remove what it does not know.'
    : ' The old store is as it was; what is logged into it from now on is not moved.';
  return `Start it with: ${start}.${warning}`;
}
