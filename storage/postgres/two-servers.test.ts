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
import { searchComparison } from '#storage/conformance/search-comparison.ts';
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

// Written through one, found through the other, whose columns hear of commits by the log alone.
searchComparison(
  'a server beside the one that writes',
  async () => {
    const [one, other] = await twoStores();
    return { ...one, catalog: other.catalog };
  },
  20,
);

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

test('servers whose clocks are twenty minutes apart have one order and miss nothing', async () => {
  const stores = await twoStores([10 * 60_000, -10 * 60_000]);
  await stores[0].writer.commit(commitOf([createRun(RUN)], { at: Date.now() }));
  // More than one round of dropping what is old from the log of commits.
  for (let step = 2; step <= 150; step += 1) {
    const { writer } = stores[step % 2] ?? stores[0];
    const at = Date.now() + (step % 2 === 0 ? 1 : -1) * 10 * 60_000;
    const logged = logPoints(OWNER, [['loss', step, step]]);
    const receipt = await writer.commit(commitOf([logged, setTags(RUN, { last: String(step) })], { at }));
    expect(receipt.sequence).toBe(step);
  }
  for (const { catalog, series, feed } of stores) {
    expect((await catalog.run(RUN))?.tags.get('last')).toBe('150');
    expect((await series.read({ owner: OWNER, metric: 'loss' })).steps).toHaveLength(149);
    expect(feed.since(0)?.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 150 }, (_, i) => i + 1),
    );
  }
});

/** @param skews of their clocks, in milliseconds. */
async function twoStores(
  skews: readonly [number, number] = [0, 0],
): Promise<readonly [PostgresStore, PostgresStore]> {
  const { url } = await server.freshDatabase();
  const blobs = await mkdtemp(join(tmpdir(), 'cairn-two-'));
  onTestFinished(() => rm(blobs, { recursive: true }));
  const open = async (skew: number): Promise<PostgresStore> => {
    const now = (): number => Date.now() + skew;
    const store = await openPostgresStore({ url, blobs, now, onFatal: () => undefined });
    onTestFinished(() => store.close());
    return store;
  };
  return [await open(skews[0]), await open(skews[1])];
}
