import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, answerOf, runCommand } from './run-command.ts';

/** A generation of the MLflow client; each lives in an environment of its own because their pandas exclude each other. */
export type PythonClient = 'mlflow2' | 'mlflow3';

const REQUIREMENTS = join(ROOT, 'tests', 'clients', 'requirements');
const LOCKS: Record<PythonClient, string> = {
  mlflow2: join(REQUIREMENTS, 'mlflow-2.22.txt'),
  mlflow3: join(REQUIREMENTS, 'mlflow-3.txt'),
};

/** Written last, so that an environment whose making was cut off is made again. */
const COMPLETE = '.complete';

const [SCRIPTS, SUFFIX] = process.platform === 'win32' ? ['Scripts', '.exe'] : ['bin', ''];

/** The pythons that the locked packages have wheels for, best first: 3.11 to 3.13. */
const INTERPRETERS = ['python3.11', 'python3.12', 'python3.13', 'python3', 'python'];
const PROBE =
  'import sys, venv, ensurepip; print(sys.executable, int((3, 11) <= sys.version_info < (3, 14)))';

/** Where a client's environment is or will be. The name holds the lock's hash: another lock is another environment. */
function environmentDir(client: PythonClient): string {
  const hash = createHash('sha256').update(readFileSync(LOCKS[client])).digest('hex').slice(0, 12);
  return join(ROOT, '.cache', 'python', `${client}-${hash}`);
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
  const install = ['install', '--quiet', '--require-hashes', '-r', LOCKS[client]];
  const uv = await findUv();
  await succeed(
    uv === undefined
      ? [python, '-m', 'pip', ...install, '--disable-pip-version-check']
      : [uv, 'pip', ...install, '--python', python],
    `the packages of ${LOCKS[client].slice(ROOT.length + 1)} could not be installed`,
  );
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
