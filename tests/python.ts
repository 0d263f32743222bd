import { spawn } from 'node:child_process';
import { madePython, pythonVariable, type PythonClient } from '#tools/python-environments.ts';

export type { PythonClient };

export interface PythonResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Exit code; -1 if a signal ended the process. */
  readonly code: number;
}

/**
 * The python that has a client generation's packages, made by `npm test`. Undefined where it could not be made: then
 * skip the test. In CI that is a failure, so it throws.
 */
export function pythonFor(client: PythonClient): string | undefined {
  const python = process.env[pythonVariable(client)] ?? madePython(client);
  if (python === undefined && process.env['CI'] === 'true') {
    throw new Error(`No Python with the client ${client}: npm test says why it could not be made.`);
  }
  return python;
}

/**
 * Runs a script as a user would: on the client's python, with the variables given beside this process's own. Nothing
 * of a configuration that the machine may have for MLflow gets through.
 */
export function runPython(
  client: PythonClient,
  scriptPath: string,
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<PythonResult> {
  const python = pythonFor(client);
  if (python === undefined) throw new Error(`No Python with the client ${client}; skip this test instead.`);
  const foreign = Object.keys(process.env).filter((name) => /^(MLFLOW|PYTHON)/.test(name));
  const inherited = { ...process.env };
  for (const name of foreign) delete inherited[name];
  return new Promise((resolve, reject) => {
    const child = spawn(python, [scriptPath, ...args], {
      env: { ...inherited, PYTHONUNBUFFERED: '1', PYTHONUTF8: '1', MPLBACKEND: 'agg', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ stdout, stderr, code: code ?? -1 }));
  });
}
