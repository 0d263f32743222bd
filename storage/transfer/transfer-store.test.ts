import fc from 'fast-check';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProjectId } from '#core/domain/ids.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import { freshFolder } from '#storage/care/testing/stores.ts';
import { answers, everything } from '#storage/conformance/model-comparison.ts';
import { commitsAtOnce, PRELUDE } from '#storage/conformance/operations.ts';
import {
  commitOf,
  createProject,
  createRun,
  logPoints,
  runIdOf,
} from '#storage/conformance/sample-changes.ts';
import {
  accountIdOf,
  audit,
  createKey,
  createTeam,
  createUser,
  giveRole,
} from '#storage/conformance/sample-identity.ts';
import { PostgresServer } from '#storage/postgres/testing/postgres-server.ts';
import { fillStore } from '#tests/upgrade/fill-store.ts';
import { storePlace, type StorePlace } from './store-place.ts';
import { contentOf, freshDirectory, readAt } from './testing/stores.ts';
import { transferStore } from './transfer-store.ts';

const SEED = 20_261_125;
const RUN = runIdOf(9);
const OWNER = { kind: 'run', run: RUN } as const;
const SLOW = { timeout: 120_000 };

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

test('after any commits, both stores answer every read alike, there and back again', SLOW, async () => {
  const [first, middle, last] = await threePlaces();
  await readAt(first, async (store) => {
    for (const commit of [PRELUDE, IDENTITY]) await store.writer.commit(commit);
    for (const commits of fc.sample(commitsAtOnce, { seed: SEED, numRuns: 60 }))
      await answers(store, commits);
    // Whatever those came to, the journal holds something.
    const project = 'last' as ProjectId;
    const points = logPoints(OWNER, [['loss', 1, 1]]);
    await store.writer.commit(
      commitOf([createProject('last', project), createRun(RUN, { project }), points]),
    );
  });
  const before = await readAt(first, everything);
  const there = await transferStore({ from: first, to: middle });
  expect(await readAt(middle, everything)).toEqual(before);
  const back = await transferStore({ from: middle, to: last });
  expect(await readAt(last, everything)).toEqual(before);
  expect(back).toMatchObject({ store: there.store, sequence: there.sequence, rows: there.rows });
  for (const table of ['audit_entry', 'api_key', 'role_binding', 'team', 'run', 'model', 'series_journal']) {
    expect([table, countOf(there.tables, table)]).not.toEqual([table, 0]);
  }
});

test(
  'points come bit for bit, sealed or not, with files, and logging goes on where it was',
  SLOW,
  async () => {
    const [first, middle, last] = await threePlaces();
    await readAt(first, async (store) => {
      await fillStore(store);
      await store.writer.commit(commitOf([createRun(RUN)]));
      await store.writer.commit(
        commitOf([
          logPoints(
            OWNER,
            ODD.map((value, step) => ['odd', step, value] as const),
          ),
        ]),
      );
    });
    const before = await readAt(first, seen);
    const there = await transferStore({ from: first, to: middle });
    const ofRegistry = [
      'registry_entry',
      'version_tag',
      'promotion',
      'evaluation',
      'deployment',
      'lineage_edge',
    ];
    for (const table of ['series_segment', 'series_journal', 'tree_file', 'receipt', ...ofRegistry]) {
      expect([table, countOf(there.tables, table)]).not.toEqual([table, 0]);
    }
    expect(there.blobs).toEqual({ shared: false, lookedAt: 4, copied: 2, damaged: [] });
    expect(await readAt(middle, seen)).toEqual(before);
    await transferStore({ from: middle, to: last });
    expect(await readAt(last, seen)).toEqual(before);
    await readAt(last, async (store) => {
      const { sequence } = await store.writer.commit(commitOf([logPoints(OWNER, [['odd', 99, -0]])]));
      expect(sequence).toBe(there.sequence + 1);
      const { values } = await store.series.read({ owner: OWNER, metric: 'odd' });
      expect(Object.is(values.at(-1), -0)).toBe(true);
    });
  },
);

test('files become hard links where both sides are on one file system, and stay where they are in a shared directory', async () => {
  const [first, apart] = await threePlaces();
  await readAt(first, fillStore);
  await transferStore({ from: first, to: apart });
  const [directory, blobs] = [directoryOf(first), directoryOf(apart)];
  const [prefix = ''] = await readdir(join(blobs, 'blobs'));
  const [name = ''] = await readdir(join(blobs, 'blobs', prefix));
  expect((await stat(join(blobs, 'blobs', prefix, name))).nlink).toBe(2);
  const { url } = await server.freshDatabase();
  const beside = storePlace(url, directory);
  const { blobs: found } = await transferStore({ from: first, to: beside });
  expect(found).toEqual({ shared: true, lookedAt: 4, copied: 0, damaged: [] });
  expect(await readAt(beside, contentOf)).toEqual(await readAt(first, contentOf));
});

const IDENTITY = commitOf([
  createUser(2),
  createKey(3, 2),
  createTeam(2, [1, 2]),
  giveRole(accountIdOf(2), 'viewer'),
  audit('a', { k: 'ü' }),
  audit('b'),
]);

const ODD = [Number.NaN, -0, 0, Infinity, -Infinity, 5e-324, 0.1 + 0.2, Number.MAX_VALUE, 2 ** 53 + 2];

/** Everything, and the very bytes of a series of odd values. */
async function seen(store: Store): Promise<unknown> {
  const { steps, times, values } = await store.series.read({ owner: OWNER, metric: 'odd' });
  const bytes = [steps, times, values].map((column) => Buffer.from(Float64Array.from(column).buffer));
  return [await contentOf(store), bytes.map((column) => column.toString('hex'))];
}

async function threePlaces(): Promise<readonly [StorePlace, StorePlace, StorePlace]> {
  const { url } = await server.freshDatabase();
  return [
    storePlace(await freshDirectory(), undefined),
    storePlace(url, await freshFolder()),
    storePlace(await freshDirectory(), undefined),
  ];
}

function directoryOf(place: StorePlace): string {
  return place.kind === 'directory' ? place.directory : place.blobs;
}

function countOf(tables: readonly { readonly name: string; readonly rows: number }[], name: string): number {
  return tables.find((table) => table.name === name)?.rows ?? 0;
}
