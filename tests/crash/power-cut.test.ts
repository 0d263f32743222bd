import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { startServer } from '../running-server.ts';
import { LoopDisk, whyNoLoopDisk } from './loop-disk.ts';
import { makeClients } from './make-clients.ts';
import { together } from './oracle.ts';
import { readBack } from './read-back.ts';
import { seeded } from './seeded.ts';

const CUTS = Number(process.env['CAIRN_TEST_POWER_CUTS'] ?? 10);
const CLIENTS = 6;
const APPENDING = join(import.meta.dirname, 'appending-program.ts');
const reason = whyNoLoopDisk();
if (reason !== undefined) console.log(`Power cuts are not tested: ${reason}`);

let disk: LoopDisk | undefined;
afterEach(() => {
  disk?.remove();
  disk = undefined;
});

describe.skipIf(reason !== undefined)('a power cut', () => {
  test('takes what was not synced and leaves what was', () => {
    disk = LoopDisk.make();
    const synced = join(disk.folder, 'synced');
    const loose = join(disk.folder, 'loose');
    write(synced, 'kept', true);
    syncFolder(disk.folder);
    write(loose, 'gone', false);
    disk.cutPower();
    disk.unmount();
    disk.mount();
    expect(readFileSync(synced, 'utf8')).toBe('kept');
    expect(existsSync(loose) ? statSync(loose).size : 0).toBe(0);
  });

  test('costs a plain program all it did not sync and nothing it did: the laboratory can be believed', async () => {
    disk = LoopDisk.make();
    for (const mode of ['synced', 'loose', 'synced', 'synced'] as const) {
      const { claimed, kept } = await cutUnderAppending(disk, mode);
      expect(claimed).toBeGreaterThan(0);
      if (mode === 'synced') expect(kept).toBeGreaterThanOrEqual(claimed);
      else expect(kept).toBeLessThan(claimed);
    }
  });

  test(`${CUTS} times in the middle of ingest loses nothing acknowledged and doubles nothing`, async () => {
    const random = seeded(482);
    const target = (disk = LoopDisk.make());
    const server = await startServer({
      dataDir: join(target.folder, 'data'),
      args: ['--log-level', 'fatal'],
    });
    try {
      const clients = await makeClients(server.origin, CLIENTS);
      for (let cut = 0; cut < CUTS; cut += 1) {
        for (const client of clients.all) client.start(server.origin);
        await sleep(100 + random() * 400);
        await cutUnder(target, server.pid, () => server.kill('SIGKILL'));
        await Promise.all(clients.all.map((client) => client.stop()));
        target.unmount();
        target.mount();
        await server.restart();
        const verdict = together(
          await Promise.all(clients.all.map((client) => readBack(server.origin, client))),
        );
        expect(verdict).toMatchObject({ lost: [], doubled: [], wrong: [] });
        if (cut === CUTS - 1)
          console.log(`${CUTS} power cuts, ${verdict.acked} points acknowledged, 0 lost, 0 doubled`);
      }
      clients.discard();
    } finally {
      await server.stop();
    }
  });
});

/** Stops the process first: an fsync that overlaps the cut may return 0, an artefact of the method. */
async function cutUnder(target: LoopDisk, pid: number, kill: () => Promise<unknown>): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await sleep(100);
  target.cutPower();
  await kill();
}

/** How many lines a plain program held for stored when the power went, and how many there are afterwards. */
async function cutUnderAppending(
  target: LoopDisk,
  mode: 'synced' | 'loose',
): Promise<{ claimed: number; kept: number }> {
  const path = join(target.folder, mode);
  write(path, '', true);
  syncFolder(target.folder);
  const child = spawn(process.execPath, [APPENDING, path, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  let claims = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (claims += text));
  try {
    await once(child.stdout, 'data');
    await sleep(200);
    const closed = once(child, 'close');
    await cutUnder(target, child.pid ?? -1, async () => {
      child.kill('SIGKILL');
      await closed;
    });
  } finally {
    child.kill('SIGKILL');
  }
  target.unmount();
  target.mount();
  return { claimed: linesOf(claims), kept: linesOf(readFileSync(path, 'utf8')) };
}

function linesOf(text: string): number {
  return text.split('\n').length - 1;
}

function write(path: string, text: string, isSynced: boolean): void {
  const file = openSync(path, 'w');
  writeSync(file, text);
  if (isSynced) fsyncSync(file);
  closeSync(file);
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}
