import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startServer, type RunningServer } from '../running-server.ts';
import { freshFolder, IS_LARGE, startedServer } from './places.ts';
import { injecting, whyNoStrace } from './strace.ts';
import { ask, bugsOf, looseFile, postJson, writing } from './writing.ts';

// Rows 14 to 17: a disk whose n-th call fails. A process that cannot know what the disk holds ends with a word and a
// code, and what it acknowledged is there when the next one starts.

const reason = whyNoStrace();
if (reason !== undefined) console.log(`Broken system calls are not tested: ${reason}`);

/** Of each thread's n-th call: a start takes the first dozen or two, then commits and uploads follow. */
const CALLS = IS_LARGE ? Array.from({ length: 200 }, (_, at) => at + 1) : [5, 45];
/** A start writes a few hundred pages. */
const WRITES = IS_LARGE ? Array.from({ length: 100 }, (_, at) => 10 * at + 1) : [15, 700];
const DURABILITY_EXIT = 74;

interface Ends {
  /** Starts that were refused, in one clear line. */
  starts: number;
  /** Processes that ended in the middle of ingest. */
  deaths: number;
}

describe.skipIf(reason !== undefined)('a disk', () => {
  test(
    `14 fsync EIO at each of ${CALLS.length} calls: nothing is acknowledged after it, exit ≠ 0, the next start recovers`,
    { timeout: 20 * 60_000 },
    async () => {
      const ends: Ends = { starts: 0, deaths: 0 };
      for (const call of CALLS) await failing(`fsync,fdatasync:error=EIO:when=${call}`, ends);
      expect(ends.starts).toBeGreaterThan(0);
      expect(ends.deaths).toBeGreaterThan(0);
    },
  );

  test('15 write EIO: as a failed fsync', { timeout: 20 * 60_000 }, async () => {
    const ends: Ends = { starts: 0, deaths: 0 };
    for (const call of WRITES) await failing(`pwrite64:error=EIO:when=${call}+`, ends);
    expect(ends.starts).toBeGreaterThan(0);
    expect(ends.deaths).toBeGreaterThan(0);
  });

  test('16 read EIO on a blob: an error that names it and never wrong bytes; the rest is served', async () => {
    const dataDir = freshFolder();
    const first = await startedServer({ dataDir });
    const bytes = 'precious'.repeat(200_000);
    await ask(looseFile(first, 'weights'), { method: 'PUT', body: bytes });
    await ask(looseFile(first, 'other'), { method: 'PUT', body: 'other' });
    await first.kill('SIGTERM');
    const digest = createHash('sha256').update(bytes).digest('hex');
    const path = join(dataDir, 'blobs', digest.slice(0, 2), digest);
    for (const call of ['1+', '2+']) {
      const server = await startedServer({
        dataDir,
        args: ['--log-level', 'warn'],
        under: [...injecting(`read,pread64:error=EIO:when=${call}`), '-P', path],
      });
      // Before the first byte it is told so, afterwards the connection breaks: never a whole answer.
      const read = await ask(looseFile(server, 'weights')).then(
        ({ status, text }) => ({ status, text: text.slice(0, 100) }),
        String,
      );
      if (typeof read === 'string') expect(read).toMatch(/terminated|fetch failed/);
      else expect(read).toMatchObject({ status: 500, text: expect.stringContaining('DATA_LOSS') });
      await expect.poll(() => server.stderr).toContain(digest);
      expect(await ask(looseFile(server, 'other'))).toMatchObject({ status: 200, text: 'other' });
      expect(bugsOf(server)).toEqual([]);
      await server.kill('SIGTERM');
    }
  });

  test('17 slow disk: a commit takes all that waits, so nobody times out', async () => {
    const dataDir = freshFolder();
    await (await startedServer({ dataDir })).kill('SIGTERM');
    const server = await startedServer({
      dataDir,
      under: injecting('fsync,fdatasync:delay_enter=300000'),
    });
    // Connections first: a process that waits for its disk accepts one at a time.
    await Promise.all(Array.from({ length: 80 }, () => ask(`${server.origin}/health`)));
    const many = Array.from({ length: 80 }, (_, at) =>
      postJson(`${server.origin}/api/projects`, { name: `p${at}` }),
    );
    // One after the other they would take 24 seconds, and each of them is given fifteen seconds.
    expect(new Set((await Promise.all(many)).map(({ status }) => status))).toEqual(new Set([200]));
  });
});

/** Starts a server on whose disk a call fails, writes until it ends, and expects that the next one has everything. */
async function failing(fault: string, ends: Ends): Promise<void> {
  const dataDir = freshFolder();
  const under = injecting(fault);
  const server = await startServer({ dataDir, under, args: ['--log-level', 'error'] }).catch(String);
  if (typeof server === 'string') {
    ends.starts += 1;
    expect(server).toMatch(/ended with code 1\ncairn: The (store|database) cannot be opened: .*\n$/);
    const next = await startedServer({ dataDir });
    expect((await postJson(`${next.origin}/api/projects`, { name: 'p' })).status).toBe(200);
    await next.kill('SIGTERM');
    return;
  }
  const work = await writing(server).catch(() => undefined);
  const uploads = Array.from({ length: 10 }, (_, at) => upload(server, `early-${at}`));
  for (let turn = 0; turn < 20 && server.exitCode === null; turn += 1) await work?.writeFor(200);
  const names = (await Promise.all(uploads)).filter((name) => name !== undefined);
  // A failed fsync of SQLite's own checkpoint, or of a folder, does no harm: the log still has everything.
  if (server.exitCode !== null) {
    ends.deaths += 1;
    expect(server.exitCode).toBe(DURABILITY_EXIT);
    expect(server.stderr).toContain('"level":60');
  }
  await server.kill('SIGKILL');
  expect(bugsOf(server)).toEqual([]);
  const next = await startedServer({ dataDir });
  for (const name of names) {
    expect(await ask(looseFile(next, name))).toMatchObject({ status: 200, text: name.repeat(1000) });
  }
  await work?.judge(next.origin);
  await next.kill('SIGTERM');
}

/** Its name when it was acknowledged. */
async function upload(server: RunningServer, name: string): Promise<string | undefined> {
  const answer = await ask(looseFile(server, name), { method: 'PUT', body: name.repeat(1000) }).catch(
    () => undefined,
  );
  return answer?.status === 200 ? name : undefined;
}
