import type { Command } from 'commander';

export interface StoreOption {
  readonly data: string;
  readonly json?: true;
}

/** `--data DIR` and `--json`, for each verb that works on a data directory itself. */
export function withStore(verb: Command): Command {
  return verb
    .option('--data <dir>', 'data directory of the store (CAIRN_DATA)', process.env['CAIRN_DATA'] || 'data')
    .option('--json', 'as JSON');
}

const SHOWN_EVERY_MS = 200;

/**
 * Shows on stderr what a long work does: a line a stage, and on a terminal how far it is. Nothing of it is on stdout,
 * which is for the result.
 */
export function showProgress(words: Readonly<Record<string, string>>) {
  let shownStage = '';
  let shownAt = 0;
  const isWatched = process.stderr.isTTY;
  return ({ stage, done, total }: { stage: string; done?: number; total?: number }): void => {
    const text = words[stage];
    if (text === undefined) return;
    if (stage !== shownStage && !(isWatched && done !== undefined)) process.stderr.write(`${text}\n`);
    const isDue = stage !== shownStage || done === total || Date.now() - shownAt >= SHOWN_EVERY_MS;
    if (isWatched && done !== undefined && isDue) {
      shownAt = Date.now();
      process.stderr.write(
        `\r${text} ${done}${total === undefined ? '' : ` of ${total}`}${done === total ? '\n' : ''}`,
      );
    }
    shownStage = stage;
  };
}

/** `1.2 GB`: decimal units, as disks are sold. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const at = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** at).toPrecision(3))} ${units[at]}`;
}
