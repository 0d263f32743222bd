import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ProjectId, RunId } from '#core/domain/ids.ts';
import {
  commitOf,
  createProject,
  createRun,
  logPoints,
  runIdOf,
} from '#storage/conformance/sample-changes.ts';
import type { EmbeddedStore } from '#storage/embedded/embedded-store.ts';
import { diagnose } from './doctor/diagnose.ts';
import { freshFolder, openStore, sql } from './testing/stores.ts';

const PROGRAM = join(import.meta.dirname, 'testing', 'purging-program.ts');
const PROJECT = 'a' as ProjectId;
const RUNS = 120;
const KEPT = runIdOf(999);

test(
  'a purge killed at any moment goes on when asked again; what others have is untouched',
  { timeout: 180_000 },
  async () => {
    const data = join(await freshFolder(), 'data');
    await fill(data);
    const kept = await pointsOf(data, KEPT);
    for (const delay of [0, 5, 20, 60, 120]) {
      await purgeUntil(data, delay);
      expect((await diagnose({ data })).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(await pointsOf(data, KEPT)).toEqual(kept);
    }
    await purgeUntil(data, Infinity);
    const store = await openStore(data);
    expect(await store.catalog.project(PROJECT)).toBeUndefined();
    await tidied(data, store);
    expect(rowsOf(data, 'series_segment')).toBe(
      rowsOf(data, 'series_segment', 'WHERE series IN (SELECT id FROM series)'),
    );
    expect(rowsOf(data, 'series_owner')).toBe(1);
    await store.close();
    expect((await diagnose({ data })).left.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(await pointsOf(data, KEPT)).toEqual(kept);
  },
);

test('the space of purged series is given back to the file system', async () => {
  const data = join(await freshFolder(), 'data');
  const store = await openStore(data);
  await store.writer.commit(commitOf([createRun(runIdOf(1))]));
  const random = (i: number) => Math.sin(i * 12.9898) * 43_758.5453;
  for (let from = 0; from < 200_000; from += 10_000) {
    const rows = Array.from({ length: 10_000 }, (_, i) => ['m', from + i, random(from + i)] as const);
    await store.writer.commit(commitOf([logPoints({ kind: 'run', run: runIdOf(1) }, rows)]));
  }
  await store.writer.commit(commitOf([{ kind: 'delete-run', run: runIdOf(1) }]));
  await store.writer.commit(commitOf([{ kind: 'purge-run', run: runIdOf(1) }]));
  await tidied(data, store);
  await store.close();
  const { size } = await stat(join(data, 'cairn.db'));
  expect(size).toBeLessThan(3_000_000);
  expect((await diagnose({ data })).findings).toEqual([]);
});

async function fill(data: string): Promise<void> {
  const store = await openStore(data);
  await store.writer.commit(commitOf([createProject('p', 'a'), createRun(KEPT)]));
  for (let n = 1; n <= RUNS; n += 1) {
    const run = runIdOf(n);
    const rows = (from: number) => Array.from({ length: 1100 }, (_, i) => ['m', from + i, i / 7] as const);
    await store.writer.commit(
      commitOf([
        createRun(run, { project: PROJECT }),
        logPoints({ kind: 'run', run }, rows(0)),
        logPoints({ kind: 'run', run: KEPT }, rows(n * 1100)),
      ]),
    );
  }
  await store.close();
}

/** Kills the program so long after it began to purge; waits until it says that all is gone when that is for ever. */
async function purgeUntil(data: string, delayMs: number): Promise<void> {
  const child = spawn(process.execPath, [PROGRAM, data, PROJECT], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  child.stdout.setEncoding('utf8');
  for await (const text of child.stdout as AsyncIterable<string>) {
    if (text.includes('gone')) break;
    if (delayMs === Infinity) continue;
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    break;
  }
  child.kill('SIGKILL');
  await exited;
}

async function pointsOf(data: string, run: RunId): Promise<number[]> {
  const store = await openStore(data);
  const { steps } = await store.series.read({ owner: { kind: 'run', run }, metric: 'm' });
  await store.close();
  return [...steps];
}

/** Waits for the background work; a commit that seals lets go of the journal. */
async function tidied(data: string, store: EmbeddedStore): Promise<void> {
  const isLeft = "SELECT 1 FROM series_owner WHERE owner >= 'purged ' AND owner < 'purged!' LIMIT 1";
  for (let i = 0; sql(join(data, 'cairn.db'), isLeft).length > 0; i += 1) {
    const rows = Array.from({ length: 1100 }, (_, n) => ['more', i * 1100 + n, 1] as const);
    if (!(await store.catalog.run(KEPT))) await store.writer.commit(commitOf([createRun(KEPT)]));
    await store.writer.commit(commitOf([logPoints({ kind: 'run', run: KEPT }, rows)]));
  }
}

function rowsOf(data: string, table: string, where = ''): number {
  const [row] = sql(join(data, 'cairn.db'), `SELECT COUNT(*) AS n FROM ${table} ${where}`) as [{ n: number }];
  return row.n;
}
