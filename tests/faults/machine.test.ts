import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createClient } from '#core/contract/client.ts';
import { whyNoFakeClock, fakeClock } from './fake-clock.ts';
import { freshFolder, IS_LARGE, startedServer } from './places.ts';
import { ask, bugsOf, looseFile, writing } from './writing.ts';

// Rows 4, 8, 23 and 48: what the machine does to a process.

const DURABILITY_EXIT = 74;
const PAUSE_MS = IS_LARGE ? 60_000 : 3000;
const FEW_FILES = ['sh', '-c', 'ulimit -n 64; exec "$0" "$@"'];

test('4 a server that is paused keeps its data from others, and goes on where it was', async () => {
  const server = await startedServer();
  onTestFinished(() => void process.kill(server.pid, 'SIGCONT'));
  const { pid } = server;
  const work = await writing(server);
  await work.writeFor(200);
  for (const client of work.clients.all) client.start(server.origin, 'retries');
  await sleep(300);
  process.kill(pid, 'SIGSTOP');
  await expect(startedServer({ dataDir: server.dataDir })).rejects.toThrow(
    `already served by process ${pid}`,
  );
  await sleep(PAUSE_MS);
  const before = acknowledged();
  process.kill(pid, 'SIGCONT');
  await expect.poll(() => acknowledged() - before, { timeout: 20_000 }).toBeGreaterThan(10);
  await Promise.all(work.clients.all.map((client) => client.stop()));
  await work.judge();
  expect([server.pid, server.exitCode]).toEqual([pid, null]);
  expect(bugsOf(server)).toEqual([]);

  function acknowledged(): number {
    return work.clients.all.reduce((sum, { log }) => sum + log.acked.size, 0);
  }
});

test('8 file descriptors exhausted: no crash, 503 where a file is needed, and it recovers', async () => {
  const server = await startedServer({ under: FEW_FILES });
  const work = await writing(server, 2);
  await work.writeFor(200);
  expect((await ask(looseFile(server, 'early'), { method: 'PUT', body: 'early' })).status).toBe(200);
  const { port } = new URL(server.origin);
  const held = Array.from({ length: 200 }, () =>
    connect(Number(port), '127.0.0.1').on('error', () => undefined),
  );
  onTestFinished(() => held.forEach((socket) => socket.destroy()));
  await sleep(500);
  for (const socket of held) socket.destroy();
  await expect
    .poll(
      () =>
        ask(`${server.origin}/health`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 10_000 },
    )
    .toBe(200);
  await work.writeFor(200);
  expect((await ask(looseFile(server, 'late'), { method: 'PUT', body: 'late' })).status).toBe(200);
  await work.judge();
  expect(bugsOf(server)).toEqual([]);
});

test('8 uploads beyond the file descriptors are told to come again', async () => {
  const server = await startedServer({ under: FEW_FILES });
  const uploads = await Promise.all(
    Array.from({ length: 60 }, (_, at) =>
      slowUpload(looseFile(server, `many-${at}`)).then(
        ({ status }) => status,
        () => 0,
      ),
    ),
  );
  expect(uploads).toContain(503);
  expect(uploads.filter((status) => ![0, 200, 503].includes(status))).toEqual([]);
  await expect
    .poll(
      () =>
        ask(looseFile(server, 'after'), { method: 'PUT', body: 'x' }).then(
          ({ status }) => status,
          () => 0,
        ),
      {
        timeout: 10_000,
      },
    )
    .toBe(200);
  expect(bugsOf(server)).toEqual([]);
});

test('23 data directory moved while running: it stops with a word, acknowledges nothing more, makes no empty store', async () => {
  const dataDir = join(freshFolder(), 'data');
  mkdirSync(dataDir);
  const server = await startedServer({ dataDir });
  const work = await writing(server);
  await work.writeFor(200);
  const aside = `${dataDir}-aside`;
  renameSync(dataDir, aside);
  await work.writeFor(300);
  await expect.poll(() => server.exitCode).toBe(DURABILITY_EXIT);
  expect(server.stderr).toContain('was moved or removed');
  expect(existsSync(dataDir)).toBe(false);
  renameSync(aside, dataDir);
  await server.restart();
  await work.judge();
});

test('23 data directory removed while running: an upload ends it as well', async () => {
  const dataDir = join(freshFolder(), 'data');
  mkdirSync(dataDir);
  const server = await startedServer({ dataDir });
  expect((await ask(looseFile(server, 'early'), { method: 'PUT', body: 'early' })).status).toBe(200);
  rmSync(dataDir, { recursive: true });
  await ask(looseFile(server, 'late'), { method: 'PUT', body: 'late' }).catch(() => undefined);
  await expect.poll(() => server.exitCode).toBe(DURABILITY_EXIT);
  expect(existsSync(dataDir)).toBe(false);
});

const noClock = whyNoFakeClock();
if (noClock !== undefined) console.log(`Clock jumps are not tested: ${noClock}`);

test.skipIf(noClock !== undefined)(
  '48 clock jumps of ten years on and a day back: it serves, loses nothing, and no run has a negative length',
  async () => {
    const clock = fakeClock(freshFolder());
    const server = await startedServer({ env: clock.env });
    const client = createClient(server.origin);
    const work = await writing(server);
    await work.writeFor(200);
    clock.jump('+3650d');
    const ahead = await client.createRun({ body: { project: '0' } });
    expect(ahead.startedAt).toBeGreaterThan(Date.now() + 3600 * 24 * 365 * 9 * 1000);
    await work.writeFor(200);
    clock.jump('-1d');
    const ended = await client.updateRun({ params: { run: ahead.id }, body: { status: 'finished' } });
    expect(ended.endedAt).toBeGreaterThanOrEqual(ended.startedAt);
    await work.writeFor(200);
    expect((await ask(`${server.origin}/ready`)).status).toBe(200);
    await work.judge();
    await server.restart();
    expect(bugsOf(server)).toEqual([]);
  },
);

/** An upload that keeps its file open for a while. */
function slowUpload(url: string): Promise<Response> {
  const body = new ReadableStream({
    async start(controller) {
      controller.enqueue(new Uint8Array(1000));
      await sleep(1000);
      controller.enqueue(new Uint8Array(1000));
      controller.close();
    },
  });
  return fetch(url, {
    method: 'PUT',
    body,
    duplex: 'half',
    signal: AbortSignal.timeout(20_000),
  });
}
