import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from './run-command.ts';

/** All that the built page is made of: its sources, its settings and the packages they name. */
const INPUTS = [
  'apps/web',
  'ui',
  'core/signal',
  'core/query',
  'core/domain',
  'core/contract',
  'sdks/typescript',
  'vite.config.ts',
  'package-lock.json',
];

/** Beside the page, not in it: the server would serve it, and the bundler empties its own folder. */
const STAMP = 'dist/web.inputs';

/**
 * One hash over path, size and modification time of each input below `root`: another hash, another page. Contents
 * are not read, so that a start costs milliseconds.
 */
export function hashInputs(root: string): string {
  const hash = createHash('sha256');
  const visit = (path: string) => {
    const stat = statSync(join(root, path), { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (stat.isDirectory()) {
      for (const name of readdirSync(join(root, path)).toSorted()) visit(`${path}/${name}`);
    } else {
      hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
    }
  };
  for (const input of INPUTS) visit(input);
  return hash.digest('hex');
}

/** Whether dist/web holds a page built of the inputs as they are now. */
export function isPageCurrent(root: string): boolean {
  const stamp = join(root, STAMP);
  const isBuilt = existsSync(join(root, 'dist/web/index.html')) && existsSync(stamp);
  return isBuilt && readFileSync(stamp, 'utf8') === hashInputs(root);
}

/**
 * Builds the page unless it is current, and says so. The bundler runs in a process of its own: it would stay in
 * memory beside the server otherwise. Throws an Error with the bundler's output.
 */
export async function buildPage(root: string): Promise<void> {
  if (isPageCurrent(root)) return;
  // Before the build: a source changed meanwhile makes the page old, not new.
  const inputs = hashInputs(root);
  const { code, output, seconds } = await runCommand('vite', ['build', '--logLevel', 'warn']);
  if (code !== 0) throw new Error(`The page could not be built.\n${output.trimEnd()}`);
  const stamp = join(root, STAMP);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, inputs);
  console.log(`page built in ${seconds.toFixed(1)} s`);
}
