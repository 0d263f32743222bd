import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '#core/tracking/ports/ports.ts';
import { commitOf, createRun, logPoints, runIdOf } from '#storage/conformance/sample-changes.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { openPostgresStore, type PostgresStore } from './postgres-store.ts';
import { PostgresServer } from './testing/postgres-server.ts';

// Points that two servers on one PostgreSQL log to the same runs at the same time, sealed by whichever comes to it.

const RUNS = [runIdOf(1), runIdOf(2), runIdOf(3)] as const;
const METRICS = ['loss', 'acc'] as const;
const AT = 1_795_000_000_000;
const TIMEOUT_MS = 180_000;

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

const at = fc.nat({ max: 1 });
const run = fc.nat({ max: 2 });
const logging = fc.record({
  kind: fc.constant('log' as const),
  at,
  run,
  points: fc.array(
    fc.tuple(fc.constantFrom(...METRICS), fc.nat({ max: 30 }), fc.integer({ min: -2, max: 2 })),
    {
      minLength: 1,
      maxLength: 5,
    },
  ),
});
const step = fc.oneof(
  { weight: 6, arbitrary: fc.array(logging, { minLength: 1, maxLength: 6 }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('read' as const), at, run }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), at }) },
);

test(
  'what two servers log, seal and read, also across restarts, is what one store in memory has',
  async () => {
    const limits = fc.constantFrom(
      {},
      { headBytes: 0, journalBytes: 0, fullPoints: 1 },
      { headBytes: 2000, journalBytes: 2000, fullPoints: 8 },
    );
    const plan = fc.record({ series: limits, steps: fc.array(step, { minLength: 4, maxLength: 24 }) });
    await fc.assert(
      fc.asyncProperty(plan, async ({ series, steps }) => {
        const { url, release } = await server.freshDatabase();
        const blobs = await mkdtemp(join(tmpdir(), 'cairn-shared-'));
        const open = () =>
          openPostgresStore({
            url,
            blobs,
            series,
            now: () => AT,
            onFatal: (error) => {
              throw error;
            },
          });
        const stores: [PostgresStore, PostgresStore] = [await open(), await open()];
        const model = memoryStore({ createdAt: AT });
        try {
          const created = commitOf(RUNS.map((id) => createRun(id)));
          await Promise.all([stores[0].writer.commit(created), model.writer.commit(created)]);
          for (const one of steps) {
            if (Array.isArray(one)) {
              // At once: their order is the database's.
              const commits = one.map(({ run: n, points }) =>
                commitOf([logPoints({ kind: 'run', run: RUNS[n] ?? RUNS[0] }, points)]),
              );
              const receipts = await Promise.all(
                commits.map((commit, i) => stores[one[i]?.at === 1 ? 1 : 0].writer.commit(commit)),
              );
              const ordered = commits
                .map((commit, i) => ({ commit, sequence: receipts[i]?.sequence ?? 0 }))
                .toSorted((a, b) => a.sequence - b.sequence);
              for (const { commit } of ordered) await model.writer.commit(commit);
            } else if (one.kind === 'restart') {
              await stores[one.at === 1 ? 1 : 0].close();
              stores[one.at === 1 ? 1 : 0] = await open();
            } else {
              expect(await pointsOf(stores[one.at === 1 ? 1 : 0], one.run)).toEqual(
                await pointsOf(model, one.run),
              );
            }
          }
          for (const store of stores) {
            for (const n of RUNS.keys()) expect(await pointsOf(store, n)).toEqual(await pointsOf(model, n));
          }
        } finally {
          await Promise.all(stores.map((store) => store.close()));
          release();
          await rm(blobs, { recursive: true });
        }
      }),
      { numRuns: 20 },
    );
  },
  TIMEOUT_MS,
);

async function pointsOf({ catalog, series }: Pick<Store, 'catalog' | 'series'>, n: number): Promise<unknown> {
  const id = RUNS[n] ?? RUNS[0];
  const metrics = (await catalog.run(id))?.metrics;
  const all = METRICS.map(async (metric) => {
    const { steps, values } = await series.read({ owner: { kind: 'run', run: id }, metric });
    return [metric, metrics?.get(metric), [...steps], [...values]];
  });
  return Promise.all(all);
}
