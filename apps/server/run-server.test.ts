import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type RunningServer } from '#tests/running-server.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
const dataDir = mkdtempSync(join(tmpdir(), 'cairn-run-server-'));
let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ dataDir });
}, 30_000);
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

interface End {
  readonly code: number;
  readonly stderr: string;
}

function run(...flags: string[]): Promise<End> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...flags], (error, _stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stderr }),
    );
  });
}

test('a start says nothing on stderr but log lines', () => {
  for (const line of server.stderr.split('\n').filter((text) => text !== '')) {
    expect(() => JSON.parse(line) as unknown).not.toThrow();
  }
});

test('a start that is refused is one clear line and exit 1', { timeout: 30_000 }, async () => {
  const port = new URL(server.origin).port;
  const other = join(dataDir, 'other');
  const [taken, second, wide, wrong] = await Promise.all([
    run('--port', port, '--data', other),
    run('--port', '0', '--data', dataDir),
    run('--host', '0.0.0.0', '--port', '0', '--data', other),
    run('--port', 'http', '--data', other),
  ]);
  expect(taken).toEqual({ code: 1, stderr: `cairn: Port ${port} of 127.0.0.1 is taken.\n` });
  expect(second.code).toBe(1);
  expect(second.stderr).toMatch(/^cairn: .*\n$/);
  expect(second.stderr).toContain(String(server.pid));
  expect(wide).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^cairn: Listening on 0\.0\.0\.0 .*\n$/),
  });
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/^cairn: Setting port: .*\n$/) });
});

test('a stop lets an upload finish, answers it, and ends with 0', { timeout: 30_000 }, async () => {
  const url = '/api/2.0/mlflow-artifacts/artifacts/loose/slow.bin';
  const upload = request(server.origin + url, { method: 'PUT', headers: { expect: '100-continue' } });
  const answered = once(upload, 'response');
  upload.flushHeaders();
  await once(upload, 'continue');
  upload.write(Buffer.alloc(70_000, 1));
  const stopped = server.kill('SIGTERM');
  // It accepts nobody new, but what was begun goes on.
  await expect
    .poll(() =>
      fetch(`${server.origin}/health`).then(
        (r) => r.status,
        () => 'refused',
      ),
    )
    .toBe('refused');
  upload.end(Buffer.alloc(30_000, 2));
  const [response] = (await answered) as [{ statusCode: number; resume(): void }];
  response.resume();
  expect(response.statusCode).toBe(200);
  await stopped;
  expect(server.exitCode).toBe(0);
  await server.restart();
  const bytes = Buffer.from(await (await fetch(server.origin + url)).arrayBuffer());
  expect(bytes.equals(Buffer.concat([Buffer.alloc(70_000, 1), Buffer.alloc(30_000, 2)]))).toBe(true);
});
