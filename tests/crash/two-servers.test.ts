import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startServer } from '../running-server.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'apps', 'server', 'main.ts');

test("a second server on one data directory ends with code 1 and the first's pid, and disturbs nothing", async () => {
  const first = await startServer();
  try {
    const second = spawn(process.execPath, [MAIN, '--port', '0', '--data', first.dataDir], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [said, [code]] = await Promise.all([text(second.stderr), once(second, 'exit')]);
    expect(code).toBe(1);
    expect(said.trim().split('\n')).toEqual([expect.stringMatching(new RegExp(`\\b${first.pid}\\b`))]);
    expect((await fetch(`${first.origin}/health`)).status).toBe(200);

    await first.kill('SIGKILL');
    await first.restart();
    expect((await fetch(`${first.origin}/health`)).status).toBe(200);
  } finally {
    await first.stop();
  }
});
