import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freshFolder, IS_LARGE, startedServer } from './places.ts';
import { ask, bugsOf, postJson, writing } from './writing.ts';

// Rows 19 to 21 and 25: what happens to the file of the database, or holds it.

const PAGE_BYTES = 4096;
/** What the server leaves of the log's file (storage/sql/sqlite). */
const LOG_LIMIT = 32 * 2 ** 20;
/** The first byte of a page of a B-tree (sqlite.org/fileformat2.html §1.6). */
const TREE_PAGES = [2, 5, 10, 13];
const PAGES_TRIED = IS_LARGE ? 60 : 4;
const SLOW = { timeout: 10 * 60_000 };

test('19 a torn end of the write-ahead log costs nothing that was acknowledged before it', SLOW, async () => {
  const server = await startedServer({ dataDir: freshFolder() });
  const work = await writing(server);
  await work.writeFor(300);
  await server.kill('SIGKILL');
  // What a machine that lost power wrote of its next commit: garbage behind the last whole one.
  const log = openSync(join(server.dataDir, 'cairn.db-wal'), 'a');
  writeSync(log, Buffer.alloc(3 * PAGE_BYTES + 77, 0x5a));
  closeSync(log);
  await server.restart();
  await work.writeFor(200);
  await work.judge();
  expect(bugsOf(server)).toEqual([]);
});

test(
  '20 a corrupt page: the start refuses, says what to do, and changes nothing; the undamaged file is served',
  SLOW,
  async () => {
    const server = await startedServer({ dataDir: freshFolder() });
    const work = await writing(server);
    await work.writeFor(500);
    await server.kill('SIGTERM');
    const file = join(server.dataDir, 'cairn.db');
    const sound = join(freshFolder(), 'sound.db');
    copyFileSync(file, sound);
    for (const page of somePages(file)) {
      damage(file, page * PAGE_BYTES);
      const damaged = readFileSync(file);
      await expect(server.restart()).rejects.toThrow(/is damaged .*cairn restore.*cairn doctor/);
      expect(readFileSync(file).equals(damaged)).toBe(true);
      copyFileSync(sound, file);
    }
    // The first page, which says that it is a database at all, and an end that is missing.
    damage(file, 0);
    await expect(server.restart()).rejects.toThrow(/is damaged/);
    copyFileSync(sound, file);
    truncateSync(file, Math.floor(readFileSync(sound).byteLength / PAGE_BYTES / 2) * PAGE_BYTES);
    await expect(server.restart()).rejects.toThrow(/is damaged/);
    copyFileSync(sound, file);
    await server.restart();
    await work.judge();
  },
);

test(
  '21 another program holds the database: 503 and a time to come again, reads fine, never 500',
  SLOW,
  async () => {
    const server = await startedServer({ dataDir: freshFolder() });
    const work = await writing(server);
    await work.writeFor(200);
    const [run] = work.runs;
    const tag = (value: string) =>
      postJson(`${server.origin}/api/2.0/mlflow/runs/set-tag`, { run_id: run, key: 'held', value });
    const other = await holding(join(server.dataDir, 'cairn.db'));
    const refused = await tag('meanwhile');
    expect(refused).toMatchObject({ status: 503, retryAfter: expect.any(Number) });
    expect(refused.retryAfter).toBeGreaterThan(0);
    const read = await ask(`${server.origin}/api/runs/${run}`);
    expect([read.status, read.text.includes('meanwhile')]).toEqual([200, false]);
    other.release();
    await expect.poll(async () => (await tag('afterwards')).status, { timeout: 20_000 }).toBe(200);
    await work.writeFor(200);
    await work.judge();
    expect(bugsOf(server)).toEqual([]);
  },
);

test('21 a database that another program holds for a moment only is waited for', SLOW, async () => {
  const server = await startedServer({ dataDir: freshFolder() });
  const work = await writing(server);
  const [run] = work.runs;
  const other = await holding(join(server.dataDir, 'cairn.db'), { milliseconds: 1000 });
  const answer = await postJson(`${server.origin}/api/2.0/mlflow/runs/set-tag`, {
    run_id: run,
    key: 'held',
    value: 'a second',
  });
  other.release();
  expect(answer.status).toBe(200);
  await work.judge();
});

test(
  '25 a reader that stands still lets the log grow, writes go on, and the space comes back',
  SLOW,
  async () => {
    const server = await startedServer({ dataDir: freshFolder() });
    const work = await writing(server);
    const [run] = work.runs;
    const log = join(server.dataDir, 'cairn.db-wal');
    const other = await holding(join(server.dataDir, 'cairn.db'), {
      sql: 'BEGIN; SELECT count(*) FROM sqlite_schema',
    });
    const write = async (at: number): Promise<void> => {
      const tags = Array.from({ length: 100 }, (_, key) => ({
        key: `k${key}`,
        value: `${at} `.padEnd(5000, 'x'),
      }));
      const answer = await postJson(`${server.origin}/api/2.0/mlflow/runs/log-batch`, { run_id: run, tags });
      expect(answer.status).toBe(200);
    };
    let written = 0;
    while (statSync(log).size < 2 * LOG_LIMIT) await write((written += 1));
    const metrics = await ask(`${server.origin}/metrics`);
    const [, bytes] = /^cairn_database_file_bytes\{file="wal"\} (\d+)$/m.exec(metrics.text) ?? [];
    expect(Number(bytes)).toBe(statSync(log).size);
    other.release();
    await expect
      .poll(
        async () => {
          await write((written += 1));
          return statSync(log).size;
        },
        { timeout: 60_000 },
      )
      .toBeLessThanOrEqual(LOG_LIMIT + 2 ** 20);
    const { text } = await ask(`${server.origin}/api/2.0/mlflow/runs/get?run_id=${run}`);
    expect(text).toContain(`"${written} xxx`);
    await work.writeFor(200);
    await work.judge();
    expect(bugsOf(server)).toEqual([]);
  },
);

/** Pages of trees, spread over the file, but the first. */
function somePages(path: string): readonly number[] {
  const bytes = readFileSync(path);
  const pages = Array.from({ length: bytes.byteLength / PAGE_BYTES - 1 }, (_, at) => at + 1);
  const trees = pages.filter((page) => TREE_PAGES.includes(bytes[page * PAGE_BYTES] ?? 0));
  expect(trees.length).toBeGreaterThan(PAGES_TRIED);
  const every = Math.ceil(trees.length / PAGES_TRIED);
  return trees.filter((_, at) => at % every === 0);
}

/** Turns the bits of the eight bytes at an offset. */
function damage(path: string, offset: number): void {
  const file = openSync(path, 'r+');
  const bytes = Buffer.alloc(8);
  readSync(file, bytes, 0, 8, offset);
  writeSync(
    file,
    bytes.map((byte) => byte ^ 0xff),
    0,
    8,
    offset,
  );
  closeSync(file);
}

/** Another program within a transaction, one that writes without `sql`, until it is told or its time is over. */
async function holding(path: string, { milliseconds = 300_000, sql = 'BEGIN IMMEDIATE' } = {}) {
  const program = `
    const { DatabaseSync } = require('node:sqlite');
    const database = new DatabaseSync(${JSON.stringify(path)});
    database.exec('${sql}');
    console.log('held');
    setTimeout(() => process.exit(database.isOpen ? 0 : 1), ${milliseconds});
  `;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const release = (): void => void child.kill('SIGKILL');
  onTestFinished(release);
  await once(child.stdout, 'data');
  return { release };
}
