import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run-command.ts';

/** What this check reads of package-lock.json, version 3. */
interface Lock {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

interface LockEntry {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/**
 * Says what would stop `npm ci` on some machine, one line each. When a release lacks the package of one platform, npm
 * writes a lock file without it and says nothing; npm 11 and newer then refuse that file everywhere. And a download
 * address would tie the lock file to one registry.
 */
export function checkLock(text: string): string[] {
  const { packages } = JSON.parse(text) as Lock;
  const places = Object.entries(packages);
  if (places.length < 2) return ['package-lock.json holds no package; the check has lost the lock file'];
  return places.flatMap(([place, entry]) => {
    const wanted = { ...entry.dependencies, ...entry.optionalDependencies, ...entry.devDependencies };
    const name = place === '' ? 'package.json' : place;
    const missing = Object.keys(wanted)
      .filter((dependency) => !isLocked(packages, place, dependency))
      .map((dependency) => `${name} wants ${dependency}, which the lock file does not have`);
    const hasAddress = entry.resolved !== undefined && entry.link !== true;
    return hasAddress
      ? [...missing, `${name} names a download address; npm install must run with .npmrc`]
      : missing;
  });
}

/** Node's own search: beside the package, then beside each package that it lies in. */
function isLocked(packages: Lock['packages'], place: string, dependency: string): boolean {
  for (let folder = place; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    if (Object.hasOwn(packages, `${folder}${folder === '' ? '' : '/'}node_modules/${dependency}`))
      return true;
    if (folder === '') return false;
  }
}

if (import.meta.main) {
  const problems = checkLock(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
