import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import type { RunningServer } from '../running-server.ts';
import { LoopDisk, whyNoLoopDisk } from '../crash/loop-disk.ts';
import { SmallDisk, whyNoSmallDisk } from './small-disk.ts';
import { freshFolder, startedServer } from './places.ts';
import { ask, bugsOf, looseFile, postJson, writing } from './writing.ts';

// Rows 11, 12, 13 and 18: a disk that takes no more. Reads go on, writes are told when to come again, and the same
// process writes again as soon as it can.

const reason = whyNoSmallDisk();
const noLoop = whyNoLoopDisk();
if (reason !== undefined) console.log(`Full and frozen disks are not tested: ${reason}`);

let disk: SmallDisk | undefined;
afterEach(() => {
  disk?.remove();
  disk = undefined;
});

describe.skipIf(reason !== undefined)('a disk', () => {
  test('11 ENOSPC in the database: 503 and a time to come again, reads fine, goes on after freeing', async () => {
    const full = (disk = SmallDisk.make({ sizeMib: 48 }));
    const server = await startedServer({ dataDir: join(full.folder, 'data') });
    const work = await writing(server);
    const before = await work.writeFor(300);
    full.fill();
    await work.writeFor(300);
    await expectRefused(server);
    await expectReadable(server, work.runs);
    full.free();
    const { pid } = server;
    await expectWritable(server);
    expect(await work.writeFor(300)).toBeGreaterThan(before);
    expect(server.pid).toBe(pid);
    await work.judge();
    await server.restart();
    expect(bugsOf(server)).toEqual([]);
  });

  test('12 ENOSPC in the blob store alone: uploads refused before they are named, metadata goes on', async () => {
    const full = (disk = SmallDisk.make({ sizeMib: 4 }));
    expect(await withBlobsOn(full, () => full.fill())).toEqual([]);
  });

  test('13 inodes exhausted: as a full blob store', async () => {
    const full = (disk = SmallDisk.make({ sizeMib: 16, inodes: 40 }));
    expect(await withBlobsOn(full, () => full.useUpInodes())).toEqual([]);
  });

  test.skipIf(noLoop !== undefined)(
    '18 a disk that turns read-only: 503 on writes, reads go on, all is there when it is mounted again',
    async () => {
      const dying = LoopDisk.make();
      onTestFinished(() => dying.remove());
      const server = await startedServer({ dataDir: join(dying.folder, 'data') });
      const work = await writing(server);
      await work.writeFor(300);
      dying.turnReadOnly();
      await work.writeFor(200);
      await expectRefused(server);
      await expectUploadRefused(server);
      await expectReadable(server, work.runs);
      await server.kill('SIGTERM');
      expect(server.exitCode).toBe(0);
      await expect(server.restart()).rejects.toThrow(/cairn: .*read-only/i);
      dying.unmount();
      dying.mount();
      await server.restart();
      await work.writeFor(200);
      await work.judge();
      expect(bugsOf(server)).toEqual([]);
    },
  );
});

/** The bugs that it met. */
async function withBlobsOn(full: SmallDisk, use: () => void): Promise<readonly string[]> {
  const dataDir = freshFolder();
  for (const name of ['blobs', 'tmp']) {
    mkdirSync(join(full.folder, name));
    symlinkSync(join(full.folder, name), join(dataDir, name));
  }
  const server = await startedServer({ dataDir });
  const upload = (name: string) => uploadTo(server, name);
  expect((await upload('early')).status).toBe(200);
  use();
  await expectUploadRefused(server);
  expect((await ask(`${server.origin}/api/2.0/mlflow-artifacts/artifacts?path=loose`)).text).not.toContain(
    'refused',
  );
  expect((await ask(looseFile(server, 'early'))).status).toBe(200);
  const work = await writing(server);
  expect(await work.writeFor(200)).toBeGreaterThan(0);
  full.free();
  expect((await upload('refused')).status).toBe(200);
  await work.judge();
  return bugsOf(server);
}

function uploadTo(server: RunningServer, name: string) {
  return ask(looseFile(server, name), { method: 'PUT', body: Buffer.alloc(200_000, name) });
}

async function expectUploadRefused(server: RunningServer): Promise<void> {
  const refused = await uploadTo(server, 'refused');
  expect([refused.status, refused.text]).toEqual([503, expect.stringContaining('TEMPORARILY_UNAVAILABLE')]);
  expect(refused.retryAfter).toBeGreaterThan(0);
}

/** Until the disk takes nothing more, then in each wire's own words. */
async function expectRefused(server: RunningServer): Promise<void> {
  const url = `${server.origin}/api/2.0/mlflow/experiments/create`;
  const big = 'x'.repeat(5000);
  let answer = await postJson(url, { name: `p${Math.random()}`, tags: [{ key: 'k', value: big }] });
  for (let at = 0; answer.status === 200 && at < 200; at += 1) {
    answer = await postJson(url, { name: `p${Math.random()}`, tags: [{ key: 'k', value: big }] });
  }
  expect([answer.status, answer.text]).toEqual([503, expect.stringContaining('TEMPORARILY_UNAVAILABLE')]);
  expect(answer.retryAfter).toBeGreaterThan(0);
  const native = await postJson(`${server.origin}/api/projects`, {
    name: `p${Math.random()}`,
    tags: [{ key: 'k', value: big }],
  });
  expect([native.status, JSON.parse(native.text).error]).toEqual([
    503,
    expect.objectContaining({ code: 'unavailable', retryAfterSeconds: native.retryAfter }),
  ]);
}

async function expectReadable(server: RunningServer, runs: readonly string[]): Promise<void> {
  for (const run of runs) {
    expect((await ask(`${server.origin}/api/2.0/mlflow/runs/get?run_id=${run}`)).status).toBe(200);
  }
  const found = await postJson(`${server.origin}/api/2.0/mlflow/runs/search`, { experiment_ids: ['0'] });
  expect(found.status).toBe(200);
  expect((await ask(`${server.origin}/health`)).status).toBe(200);
}

async function expectWritable(server: RunningServer): Promise<void> {
  await expect
    .poll(
      async () => (await postJson(`${server.origin}/api/projects`, { name: `p${Math.random()}` })).status,
      {
        timeout: 10_000,
      },
    )
    .toBe(200);
}
