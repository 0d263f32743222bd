import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pythonFor } from '../tests/python.ts';

export interface Peer {
  readonly origin: string;
  stop(): Promise<void>;
}

/** How the figures name it; the version is that of the locked client. */
export const PEER = 'mlflow server 3.17.2 on SQLite';
const START_TIMEOUT_MS = 90_000;

/**
 * A real `mlflow server` with its defaults on SQLite, or undefined where its Python is missing. Throws when it does not
 * start: a figure of a server that is not there would be a lie.
 */
export async function startMlflow(): Promise<Peer | undefined> {
  const python = pythonFor('mlflow3');
  if (python === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'cairn-peer-'));
  const port = await freePort();
  const args = [
    'server',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--backend-store-uri',
    `sqlite:///${folder}/mlflow.db`,
    '--artifacts-destination',
    join(folder, 'files'),
  ];
  const child = spawn(join(dirname(python), 'mlflow'), args, {
    stdio: 'ignore',
    detached: true,
    cwd: folder,
  });
  const origin = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      const exit = once(child, 'exit');
      // The server has workers: its process group ends together.
      process.kill(-child.pid, 'SIGKILL');
      await exit;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const answer = await fetch(`${origin}/health`).catch(() => undefined);
    if (answer?.ok) return { origin, stop };
    await sleep(250);
  }
  await stop();
  throw new Error(`The mlflow server did not answer within ${START_TIMEOUT_MS / 1000} s.`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
