import { closeSync, existsSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { startServer, type RunningServer } from '../running-server.ts';
import { LoopDisk, whyNoLoopDisk } from './loop-disk.ts';
import { makeClients } from './make-clients.ts';
import { judge, together } from './oracle.ts';
import { seeded } from './seeded.ts';

const CUTS = Number(process.env['CAIRN_TEST_POWER_CUTS'] ?? 10);
const CLIENTS = 6;
const reason = whyNoLoopDisk();
if (reason !== undefined) console.log(`Power cuts are not tested: ${reason}`);

let disk: LoopDisk | undefined;
afterEach(() => {
  disk?.remove();
  disk = undefined;
});

describe.skipIf(reason !== undefined)('a power cut', () => {
  test('takes what was not synced and leaves what was: the laboratory can be believed', () => {
    disk = LoopDisk.make();
    const synced = join(disk.folder, 'synced');
    const loose = join(disk.folder, 'loose');
    write(synced, 'kept', true);
    const folder = openSync(disk.folder, 'r');
    fsyncSync(folder);
    closeSync(folder);
    write(loose, 'gone', false);
    disk.cutPower();
    disk.unmount();
    disk.mount();
    expect(readFileSync(synced, 'utf8')).toBe('kept');
    expect(existsSync(loose) ? statSync(loose).size : 0).toBe(0);
  });

  test(`${CUTS} times in the middle of ingest loses nothing acknowledged and doubles nothing`, async () => {
    const random = seeded(482);
    disk = LoopDisk.make();
    const server = await startServer({ dataDir: join(disk.folder, 'data'), args: ['--log-level', 'fatal'] });
    const clients = await makeClients(server.origin, CLIENTS);
    try {
      for (let cut = 0; cut < CUTS; cut += 1) {
        for (const client of clients) client.start(server.origin);
        await sleep(100 + random() * 400);
        await cutUnder(server, disk);
        await Promise.all(clients.map((client) => client.stop()));
        disk.unmount();
        disk.mount();
        await server.restart();
        const verdict = together(await Promise.all(clients.map((client) => judge(server.origin, client))));
        expect(verdict.lost).toEqual([]);
        expect(verdict.doubled).toEqual([]);
        expect(verdict.foreign).toEqual([]);
        if (cut === CUTS - 1)
          console.log(`${CUTS} power cuts, ${verdict.acked} points acknowledged, 0 lost, 0 doubled`);
      }
    } finally {
      for (const client of clients) client.log.close();
      await server.stop();
    }
  });
});

/** Stops the server first: an fsync that overlaps the cut may return 0, an artefact of the method. */
async function cutUnder(server: RunningServer, target: LoopDisk): Promise<void> {
  process.kill(server.pid, 'SIGSTOP');
  await sleep(100);
  target.cutPower();
  await server.kill('SIGKILL');
}

function write(path: string, text: string, isSynced: boolean): void {
  const file = openSync(path, 'w');
  writeSync(file, text);
  if (isSynced) fsyncSync(file);
  closeSync(file);
}
