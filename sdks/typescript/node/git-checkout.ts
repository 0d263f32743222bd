import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

// Commit, branch and origin of the checkout around a folder, read from git's own files: no `git` needed, no process
// started. Worktrees and packed refs included; gitrepository-layout(5).

export interface GitCheckout {
  readonly commit?: string;
  readonly branch?: string;
  /** The URL of `origin`, without user name, password or token. */
  readonly repository?: string;
}

/** Undefined outside a checkout; never throws. */
export function gitCheckout(folder: string): GitCheckout | undefined {
  const gitDir = findGitDir(resolve(folder));
  if (gitDir === undefined) return undefined;
  const commonDir = resolve(gitDir, textOf(join(gitDir, 'commondir'))?.trim() ?? '.');
  const head = textOf(join(gitDir, 'HEAD'))?.trim() ?? '';
  const ref = /^ref: (.+)$/.exec(head)?.[1];
  const commit = ref === undefined ? head : resolveRef(gitDir, commonDir, ref);
  const origin = /\[remote "origin"\][^[]*?^\s*url\s*=\s*(\S+)/m.exec(
    textOf(join(commonDir, 'config')) ?? '',
  )?.[1];
  return {
    ...(commit !== undefined && /^[0-9a-f]{40,64}$/.test(commit) && { commit }),
    ...(ref?.startsWith('refs/heads/') && { branch: ref.slice('refs/heads/'.length) }),
    ...(origin !== undefined && { repository: withoutCredentials(origin) }),
  };
}

function findGitDir(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    const path = join(folder, '.git');
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) return path;
    // A worktree or submodule has a file that points to its directory.
    const target = stats?.isFile() ? /^gitdir: (.+)$/m.exec(textOf(path) ?? '')?.[1] : undefined;
    if (target !== undefined) return resolve(folder, target.trim());
    if (dirname(folder) === folder) return undefined;
  }
}

function resolveRef(gitDir: string, commonDir: string, ref: string): string | undefined {
  const loose = textOf(join(gitDir, ref)) ?? textOf(join(commonDir, ref));
  if (loose !== undefined) return loose.trim();
  const packed = textOf(join(commonDir, 'packed-refs'))?.split('\n');
  return packed?.find((line) => line.endsWith(` ${ref}`))?.split(' ')[0];
}

/** `https://user:token@host/x.git` → `https://host/x.git`; `git@host:x.git` carries no secret. */
function withoutCredentials(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
