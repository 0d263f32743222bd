import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { HeldBytes, Host } from '../host.ts';
import { watchExit } from './exit-hooks.ts';
import { gitCheckout } from './git-checkout.ts';

/** What Node can tell and keep. */
export const nodeHost: Host = {
  variable(name) {
    const value = process.env[name];
    return value === '' ? undefined : value;
  },
  userName() {
    try {
      return userInfo().username;
    } catch {
      // A container may run under a number that no user has.
      return '';
    }
  },
  sourceTags,
  openFile,
  keepStream,
  watchExit,
};

async function openFile(path: string): Promise<HeldBytes> {
  if (!(await stat(path)).isFile()) throw new Error(`${path} is not a file.`);
  return { blob: await openAsBlob(path), release: () => Promise.resolve() };
}

async function keepStream(stream: AsyncIterable<Uint8Array>): Promise<HeldBytes> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-'));
  const release = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'stream');
    await pipeline(stream, createWriteStream(path));
    return { blob: await openAsBlob(path), release };
  } catch (error) {
    await release();
    throw error;
  }
}

function sourceTags(): Record<string, string> {
  const script = process.argv[1];
  const git = gitCheckout(script === undefined ? process.cwd() : resolve(script, '..'));
  return {
    'mlflow.source.type': 'LOCAL',
    ...(script !== undefined && { 'mlflow.source.name': shortPath(script) }),
    ...(git?.commit !== undefined && { 'mlflow.source.git.commit': git.commit }),
    ...(git?.branch !== undefined && { 'mlflow.source.git.branch': git.branch }),
    ...(git?.repository !== undefined && { 'mlflow.source.git.repoURL': git.repository }),
    'cairn.command': commandLine(),
  };
}

/** The command as a shell would take it again, with the programs' names in place of where they lie here. */
function commandLine(): string {
  const [node = 'node', script, ...rest] = process.argv;
  const words = [
    basename(node),
    ...process.execArgv,
    ...(script === undefined ? [] : [shortPath(script)]),
    ...rest,
  ];
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');
}

function shortPath(path: string): string {
  const below = relative(process.cwd(), path);
  return below.startsWith('..') ? path : below;
}
