import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import {
  commitOf,
  createProject,
  createRun,
  logPoints,
  runIdOf,
  setTags,
} from '#storage/conformance/sample-changes.ts';
import { openPostgresStore, type PostgresStore } from './postgres-store.ts';
import { PostgresServer } from './testing/postgres-server.ts';

const RUN = runIdOf(1);
const OWNER = { kind: 'run', run: RUN } as const;

const START_TIMEOUT_MS = 60_000;

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
}, START_TIMEOUT_MS);
afterAll(() => server[Symbol.asyncDispose]());

test('what one server acknowledged the other shows at once', async () => {
  const [one, other] = await twoStores();
  await one.writer.commit(commitOf([createRun(RUN)]));
  for (let step = 1; step <= 20; step += 1) {
    const [writing, reading] = step % 2 === 0 ? [one, other] : [other, one];
    await writing.writer.commit(
      commitOf([logPoints(OWNER, [['loss', step, step]]), setTags(RUN, { last: String(step) })]),
    );
    const run = await reading.catalog.run(RUN);
    expect([run?.tags.get('last'), run?.metrics.get('loss')?.last.step]).toEqual([String(step), step]);
    expect((await reading.series.read({ owner: OWNER, metric: 'loss' })).steps).toHaveLength(step);
  }
});

test('servers that write at once give each number once and lose nothing', async () => {
  const stores = await twoStores();
  await stores[0].writer.commit(commitOf([createRun(RUN)]));
  const commits = stores.flatMap((store, s) =>
    Array.from({ length: 40 }, (_, i) =>
      store.writer.commit(
        commitOf([createProject(`p${s}-${i}`), logPoints(OWNER, [[`m${i % 3}`, 2 * i + s, i]])]),
      ),
    ),
  );
  const receipts = await Promise.all(commits);
  const sequences = receipts.map(({ sequence }) => sequence).toSorted((a, b) => a - b);
  expect(sequences).toEqual(Array.from({ length: 80 }, (_, i) => i + 2));
  expect(new Set(receipts.flatMap(({ projects }) => projects)).size).toBe(80);
  for (const { series, feed, catalog } of stores) {
    const counts: number[] = [];
    for (const metric of ['m0', 'm1', 'm2']) {
      counts.push((await series.read({ owner: OWNER, metric })).steps.length);
    }
    expect(counts).toEqual([28, 26, 26]);
    expect((await catalog.run(RUN))?.metrics.size).toBe(3);
    expect(feed.since(1)?.map(({ sequence }) => sequence)).toEqual(sequences);
  }
});

async function twoStores(): Promise<readonly [PostgresStore, PostgresStore]> {
  const { url } = await server.freshDatabase();
  const blobs = await mkdtemp(join(tmpdir(), 'cairn-two-'));
  onTestFinished(() => rm(blobs, { recursive: true }));
  const open = async (): Promise<PostgresStore> => {
    const store = await openPostgresStore({ url, blobs, onFatal: () => undefined });
    onTestFinished(() => store.close());
    return store;
  };
  return [await open(), await open()];
}
