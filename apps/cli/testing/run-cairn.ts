import { execFile } from 'node:child_process';
import { join } from 'node:path';

export const MAIN = join(import.meta.dirname, '..', 'main.ts');

/** What a run of the command line left: its exit code, stdout and stderr. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in a process of its own, with nothing of this one's environment but PATH. */
export function runCairn(
  words: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  input = '',
): Promise<Said> {
  const env = { PATH: process.env['PATH'], ...variables };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...words], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
    child.stdin?.end(input);
  });
}
