import { spawn, spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** The checkout's root, wherever a tool is started from. */
export const ROOT = join(import.meta.dirname, '..');

export interface CommandResult {
  /** Exit code; 1 when a signal ended the command or it could not be started. */
  readonly code: number;
  /** stdout and stderr as they came, interleaved. */
  readonly output: string;
  readonly seconds: number;
}

/** The environment in which the project's own tools and its own Node come first. */
export function toolEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const path = [join(ROOT, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter);
  return { ...process.env, ...extra, PATH: path };
}

/** Runs a command in the checkout and collects what it says; never throws. */
export function runCommand(command: string, args: readonly string[]): Promise<CommandResult> {
  const begun = performance.now();
  return new Promise((resolve) => {
    let output = '';
    // Only a shell finds the .cmd files that npm makes on Windows.
    const child = spawn(command, args, {
      cwd: ROOT,
      env: toolEnvironment(),
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const end = (code: number) => resolve({ code, output, seconds: (performance.now() - begun) / 1000 });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.on('error', (error) => {
      output += `${error.message}\n`;
      end(1);
    });
    child.on('close', (code) => end(code ?? 1));
  });
}

/** What a command prints, trimmed, or undefined if it is not there or fails. */
export function answerOf(command: string, args: readonly string[]): string | undefined {
  const result = spawnSync(command, args, { encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : undefined;
}
