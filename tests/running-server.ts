import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ServerOptions {
  /** Kept when the server stops; without one a temporary directory is made and removed by stop(). */
  readonly dataDir?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A command that becomes the server, keeping its pid: `['prlimit', '--nofile=64']`. */
  readonly under?: readonly string[];
}

/** A real server in a process of its own, on a free port of 127.0.0.1. */
export interface RunningServer {
  readonly origin: string;
  readonly dataDir: string;
  /** Of the process that runs now: another one after restart(). */
  readonly pid: number;
  /** Of the process that ran last: null while it runs or when a signal ended it. */
  readonly exitCode: number | null;
  /** What it printed, the last 64 kB: the set-up token stands there. */
  readonly stdout: string;
  /** What it wrote to stderr, the last 64 kB. */
  readonly stderr: string;
  /** Sends a signal and waits until the process is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Ends it as an operator would, and removes the data directory if it was made here. */
  stop(): Promise<void>;
  /** Ends it if it still runs and starts it again: same data, same origin. */
  restart(): Promise<void>;
}

const MAIN = join(import.meta.dirname, '..', 'apps', 'server', 'main.ts');
const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 15_000;
const OUTPUT_KEPT = 64 * 1024;

/** What a process says of itself in `<data>/server.json`. */
interface Announcement {
  readonly pid: number;
  readonly origin: string;
}

/** Starts a server and returns when it answers /health. Throws an Error with its stderr if it does not. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'cairn-data-'));
  let child: ChildProcess;
  let origin = '';
  let stdout = '';
  let stderr = '';

  const start = async (port: string) => {
    const server = [process.execPath, MAIN, '--host', '127.0.0.1', '--port', port, '--data', dataDir];
    const [command = '', ...args] = [...(options.under ?? []), ...server, ...(options.args ?? [])];
    child = spawn(command, args, {
      env: { ...withoutSettings(process.env), ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-OUTPUT_KEPT);
    });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout = (stdout + text).slice(-OUTPUT_KEPT);
    });
    try {
      origin = await answering(child, dataDir);
    } catch (error) {
      child.kill('SIGKILL');
      throw new Error(`The server did not start: ${String(error)}\n${stderr}`, { cause: error });
    }
  };

  const kill = async (signal: NodeJS.Signals) => {
    if (hasEnded(child)) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    const timer = new AbortController();
    const isLate = sleep(STOP_TIMEOUT_MS, 'late', { signal: timer.signal, ref: false }).catch(() => 'ended');
    const first = await Promise.race([exit, isLate]);
    timer.abort();
    if (first !== 'late') return;
    child.kill('SIGKILL');
    await exit;
    throw new Error(`The server outlived ${signal} by ${STOP_TIMEOUT_MS / 1000} s.\n${stderr}`);
  };

  await start('0');
  return {
    get origin() {
      return origin;
    },
    dataDir,
    get pid() {
      return child.pid ?? -1;
    },
    get exitCode() {
      return child.exitCode;
    },
    get stdout() {
      return stdout;
    },
    get stderr() {
      return stderr;
    },
    kill,
    async stop() {
      await kill('SIGTERM');
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
    async restart() {
      await kill('SIGTERM');
      await start(new URL(origin).port);
    },
  };
}

/** The settings that a developer keeps for a server of their own are not the test's. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('CAIRN_')));
}

/** Waits until this very process has announced its address and answers there. */
async function answering(child: ChildProcess, dataDir: string): Promise<string> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    if (hasEnded(child)) throw new Error(`it ended with ${child.signalCode ?? `code ${child.exitCode}`}`);
    const announced = readAnnouncement(dataDir);
    if (announced?.pid === child.pid && announced !== undefined) {
      const response = await fetch(`${announced.origin}/health`).catch(() => undefined);
      await response?.body?.cancel();
      if (response?.ok === true) return announced.origin;
    }
    await sleep(20);
  }
  throw new Error(`no answer within ${START_TIMEOUT_MS / 1000} s`);
}

/** Undefined while the file is missing or half written. */
function readAnnouncement(dataDir: string): Announcement | undefined {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8')) as Announcement;
  } catch {
    return undefined;
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
