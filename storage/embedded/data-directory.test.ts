import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import {
  commitOf,
  createProject,
  createRun,
  logPoints,
  putFile,
  runIdOf,
} from '#storage/conformance/sample-changes.ts';
import { everything } from '#storage/conformance/model-comparison.ts';
import { lockData } from './data-lock.ts';
import { openSqliteStore } from './embedded-store.ts';

const RUN = runIdOf(1);
const PROGRAM = join(import.meta.dirname, 'testing', 'committing-program.ts');

test('what was acknowledged is there after closing and opening again, and sequences go on', async () => {
  const directory = await freshFolder();
  const first = await open(directory);
  await first.writer.commit(commitOf([createRun(RUN), putFile({ kind: 'run', run: RUN }, 'a/b')]));
  await first.writer.commit(commitOf([logPoints({ kind: 'run', run: RUN }, [['loss', 1, NaN]])]));
  const { sequence } = await first.writer.commit(commitOf([createProject('a')], { once: 'k' }));
  const before = (await everything(first)) as Record<string, unknown>;
  await first.close();
  const second = await open(directory);
  expect(second.id).toBe(first.id);
  const after = (await everything(second)) as Record<string, unknown>;
  expect({ ...after, events: undefined }).toEqual({ ...before, events: undefined });
  expect(second.feed.since(0)).toBeUndefined();
  expect(second.feed.since(sequence)).toEqual([]);
  expect(await second.writer.commit(commitOf([createProject('a')], { once: 'k' }))).toMatchObject({
    sequence,
    projects: ['1'],
    isRepeat: true,
  });
  const next = await second.writer.commit(commitOf([createProject('b')]));
  expect([next.sequence, next.projects]).toEqual([sequence + 1, ['2']]);
  await second.close();
});

test('a second opener is told who has the directory, until that one is gone', async () => {
  const directory = await freshFolder();
  const store = await open(directory);
  await expect(open(directory)).rejects.toMatchObject({ code: 'conflict' });
  store.announce('http://127.0.0.1:5100');
  const told = `This data directory is already served by process ${process.pid} (http://127.0.0.1:5100).`;
  expect(() => lockData(directory)).toThrow(told);
  await store.close();
  await (await open(directory)).close();
});

test('a killed process leaves no lock behind', { timeout: 30_000 }, async () => {
  const directory = await freshFolder();
  const child = spawn(process.execPath, [PROGRAM, directory, '1000000'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  expect(() => lockData(directory)).toThrow(`process ${child.pid}.`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  lockData(directory).release();
});

test('a directory that lost its database is not taken for a new one', async () => {
  const directory = await freshFolder();
  await (await open(directory)).close();
  await rm(join(directory, 'cairn.db'));
  await expect(open(directory)).rejects.toMatchObject({ code: 'corrupt' });
});

test('a store of a newer program is refused and left as it is', async () => {
  const directory = await freshFolder();
  await (await open(directory)).close();
  sql(directory, "INSERT INTO schema_migration (name, applied_at) VALUES ('catalog-9999', 0)");
  await expect(open(directory)).rejects.toThrow(/newer version of Cairn .*'catalog-9999'/);
  sql(directory, "DELETE FROM schema_migration WHERE name = 'catalog-9999'");
  await (await open(directory)).close();
});

test('an existing store is copied before its schema changes', async () => {
  const directory = await freshFolder();
  const store = await open(directory);
  await store.writer.commit(commitOf([createProject('precious')]));
  await store.close();
  // As if the last migration were new to this store.
  sql(directory, "DELETE FROM schema_migration WHERE name LIKE 'series%'");
  await expect(open(directory)).rejects.toThrow(/already exists/);
  const [copy] = (await readdir(directory)).filter((name) => name.startsWith('before-series-'));
  const backup = new DatabaseSync(join(directory, String(copy)), { readOnly: true });
  expect(backup.prepare("SELECT count(*) AS n FROM project WHERE name = 'precious'").get()).toEqual({ n: 1 });
  backup.close();
});

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-directory-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

function open(directory: string) {
  return openSqliteStore({ directory, onFatal: () => undefined });
}

function sql(directory: string, statement: string): void {
  const database = new DatabaseSync(join(directory, 'cairn.db'));
  database.exec(statement);
  database.close();
}
