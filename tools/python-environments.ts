import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, answerOf, runCommand } from './run-command.ts';

/**
 * A release of the MLflow client: the last 2.x and the newest, and with `--matrix` three that people still run. Each lives
 * in an environment of its own, because their numpy, pandas and protobuf exclude each other.
 */
export type PythonClient = 'mlflow2_9' | 'mlflow2_14' | 'mlflow2' | 'mlflow3_1' | 'mlflow3' | 'mlflow3_torch';

interface ClientRelease {
  readonly version: string;
  /** A file of tests/clients/requirements: every package that is installed, by hash. */
  readonly lock: string;
  /** Made for every `npm test`; the others for `npm test -- --matrix` alone. */
  readonly isUsual: boolean;
  /** Beside the lock, by pip, from wherever this machine's pip looks. */
  readonly unlocked?: readonly string[];
}

/** Naming the CPU build keeps pip from the default one, which is gigabytes on Linux; macOS has no other than that. */
const TORCH = process.platform === 'darwin' ? 'torch==2.13.0' : 'torch==2.13.0+cpu';

export const CLIENT_RELEASES: Readonly<Record<PythonClient, ClientRelease>> = {
  mlflow2_9: { version: '2.9.2', lock: 'mlflow-2.9.txt', isUsual: false },
  mlflow2_14: { version: '2.14.3', lock: 'mlflow-2.14.txt', isUsual: false },
  mlflow2: { version: '2.22.5', lock: 'mlflow-2.22.txt', isUsual: true },
  mlflow3_1: { version: '3.1.4', lock: 'mlflow-3.1.txt', isUsual: false },
  mlflow3: { version: '3.17.2', lock: 'mlflow-3.txt', isUsual: true },
  mlflow3_torch: { version: '3.17.2', lock: 'mlflow-3.txt', isUsual: false, unlocked: [TORCH] },
};

/** The clients of one run of the tests. */
export function pythonClients({ isMatrix }: { readonly isMatrix: boolean }): readonly PythonClient[] {
  const all = Object.keys(CLIENT_RELEASES) as PythonClient[];
  return all.filter((client) => isMatrix || CLIENT_RELEASES[client].isUsual);
}

/** The variable by which `npm test` tells the suites of a client's python. */
export const pythonVariable = (client: PythonClient): string => `CAIRN_TEST_PYTHON_${client.toUpperCase()}`;

const REQUIREMENTS = join(ROOT, 'tests', 'clients', 'requirements');
const lockOf = (client: PythonClient): string => join(REQUIREMENTS, CLIENT_RELEASES[client].lock);

/** Written last, so that an environment whose making was cut off is made again. */
const COMPLETE = '.complete';

const [SCRIPTS, SUFFIX] = process.platform === 'win32' ? ['Scripts', '.exe'] : ['bin', ''];

/** The pythons that the locked packages have wheels for, best first: 3.11 to 3.13. */
const INTERPRETERS = ['python3.11', 'python3.12', 'python3.13', 'python3', 'python'];
const PROBE =
  'import sys, venv, ensurepip; print(sys.executable, int((3, 11) <= sys.version_info < (3, 14)))';

/** Where a client's environment is or will be. The name holds the lock's hash: another lock is another environment. */
function environmentDir(client: PythonClient): string {
  const content = createHash('sha256').update(readFileSync(lockOf(client)));
  for (const requirement of CLIENT_RELEASES[client].unlocked ?? []) content.update(requirement);
  return join(ROOT, '.cache', 'python', `${client}-${content.digest('hex').slice(0, 12)}`);
}

const program = (dir: string, name: string) => join(dir, SCRIPTS, name + SUFFIX);

/** The python of a client's complete environment, or undefined if it has not been made. */
export function madePython(client: PythonClient): string | undefined {
  const dir = environmentDir(client);
  return existsSync(join(dir, COMPLETE)) ? program(dir, 'python') : undefined;
}

/**
 * Makes a client's environment unless it is there, and returns its python.
 * Throws an Error whose message is one line that says what is missing.
 */
export async function makePython(client: PythonClient): Promise<string> {
  const made = madePython(client);
  // A system upgrade may have taken the interpreter away that the environment links to.
  if (made !== undefined && answerOf(made, ['--version']) !== undefined) return made;
  const dir = environmentDir(client);
  await makeVenv(dir);
  const python = program(dir, 'python');
  const lock = lockOf(client);
  const install = ['install', '--quiet', '--require-hashes', '-r', lock];
  const uv = await findUv();
  await succeed(
    uv === undefined
      ? [python, '-m', 'pip', ...install, '--disable-pip-version-check']
      : [uv, 'pip', ...install, '--python', python],
    `the packages of ${lock.slice(ROOT.length + 1)} could not be installed`,
  );
  for (const requirement of CLIENT_RELEASES[client].unlocked ?? []) {
    const pip = [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', requirement];
    await succeed(pip, `${requirement} could not be installed`);
  }
  writeFileSync(join(dir, COMPLETE), '');
  return python;
}

/** uv installs in seconds what takes pip minutes; the machine's own, or one kept beside the environments. */
async function findUv(): Promise<string | undefined> {
  if (answerOf('uv', ['--version']) !== undefined) return 'uv';
  const dir = join(ROOT, '.cache', 'python', 'uv');
  const uv = program(dir, 'uv');
  if (answerOf(uv, ['--version']) !== undefined) return uv;
  try {
    await makeVenv(dir);
    const install = ['install', '--quiet', '--require-hashes', '-r', join(REQUIREMENTS, 'uv.txt')];
    await succeed([program(dir, 'python'), '-m', 'pip', ...install, '--disable-pip-version-check'], 'no uv');
    return uv;
  } catch {
    return undefined;
  }
}

async function makeVenv(dir: string): Promise<void> {
  const interpreter = findInterpreter();
  if (interpreter === undefined) {
    throw new Error('no Python 3.11 to 3.13 with its venv module is installed');
  }
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  await succeed([interpreter, '-m', 'venv', dir], 'the virtual environment could not be made');
}

/** Whether this machine has a Python that the locked packages run on. */
export function findInterpreter(): string | undefined {
  for (const name of INTERPRETERS) {
    const [path, fits] = answerOf(name, ['-c', PROBE])?.split(/ (?=[01]$)/) ?? [];
    if (path !== undefined && fits === '1') return path;
  }
  return undefined;
}

async function succeed([command = '', ...args]: readonly string[], problem: string): Promise<void> {
  const { code, output } = await runCommand(command, args);
  if (code !== 0) throw new Error(`${problem}: ${output.trim().split('\n').at(-1) ?? ''}`);
}
