import { expect, test } from 'vitest';
import type { RunId } from '#core/domain/ids.ts';
import type { LoggedPoints } from '#core/domain/point.ts';
import type { Connection } from '#storage/sql/connection.ts';
import { TestStore } from './test-store.ts';

const GONE = 'a'.repeat(32) as RunId;
const KEPT = 'b'.repeat(32) as RunId;

test('nothing is read of a purged run at once, and after tidying nothing of it is stored', async () => {
  await using store = await TestStore.create({ fullPoints: 1 });
  await fill(store);
  await purge(store);
  expect(await countOf(store, GONE)).toBe(0);
  expect((await store.engine.summaries({ kind: 'run', run: GONE })).size).toBe(0);
  expect(await countOf(store, KEPT)).toBe(5000);
  expect(await tidyAll(store)).toBeGreaterThan(1);
  expect(await store.count('series_segment')).toBe((await storedOf(store, KEPT))[2]);
  await settle(store);
  expect(await stored(store)).toEqual(await storedOf(store, KEPT));
  expect(await countOf(store, KEPT)).toBe(5000);
});

test('a run of the same id begins anew within the group that purges the old one', async () => {
  await using store = await TestStore.create({ fullPoints: 1 });
  await fill(store);
  await purge(store, 'COMMIT', points(GONE, 0, 10));
  expect(await countOf(store, GONE)).toBe(10);
  await tidyAll(store);
  expect(await countOf(store, GONE)).toBe(10);
  await store.reopen();
  expect([await countOf(store, GONE), await countOf(store, KEPT)]).toEqual([10, 5000]);
});

test('a purge that is rolled back leaves all as it was', async () => {
  await using store = await TestStore.create({ fullPoints: 1 });
  await fill(store);
  await purge(store, 'ROLLBACK', points(GONE, 0, 10));
  expect([await countOf(store, GONE), await countOf(store, KEPT)]).toEqual([5000, 5000]);
  expect(store.engine.needsTidying).toBe(false);
  await store.log(points(GONE, 5000, 5001));
  expect(await countOf(store, GONE)).toBe(5001);
});

test('points of a purged run that are only in the journal do not come back with a restart', async () => {
  await using store = await TestStore.create();
  // Both runs share each record, and nothing is sealed.
  await store.log(points(GONE, 0, 100), points(KEPT, 0, 100));
  await purge(store);
  await store.reopen();
  expect([await countOf(store, GONE), await countOf(store, KEPT)]).toEqual([0, 100]);
  await tidyAll(store);
  // The record is needed by the other run, so the row that it names stays until that is sealed.
  expect(await store.count('series')).toBe(2);
  await store.log(points(KEPT, 100, 101));
  await settle(store);
  expect(await stored(store)).toEqual(await storedOf(store, KEPT));
  expect(await countOf(store, KEPT)).toBe(101);
});

test('killed at any statement, tidying goes on where it was, and nobody loses a point', async () => {
  let statement = 1;
  for (let isKilled = true; isKilled; statement += 1) {
    await using store = await TestStore.create({ fullPoints: 1 });
    await fill(store, 600);
    await store.seal();
    await purge(store);
    isKilled = await tidyUntil(store, statement);
    await store.reopen();
    await store.log(points(KEPT, 600, 601));
    await settle(store);
    expect(await stored(store)).toEqual(await storedOf(store, KEPT));
    expect([await countOf(store, GONE), await countOf(store, KEPT)]).toEqual([0, 601]);
  }
  expect(statement).toBeGreaterThan(8);
});

async function fill(store: TestStore, count = 5000): Promise<void> {
  for (let from = 0; from < count; from += 500) {
    const to = Math.min(count, from + 500);
    await store.log(points(GONE, from, to), points(KEPT, from, to));
    while (store.engine.needsSealing) await store.seal();
  }
}

function points(run: RunId, from: number, to: number): LoggedPoints {
  const steps = Float64Array.from({ length: to - from }, (_, i) => from + i);
  const metricAt = new Uint32Array(steps.length);
  return { owner: { kind: 'run', run }, metrics: ['loss'], metricAt, steps, times: steps, values: steps };
}

/** A group that purges a run, and logs. */
async function purge(store: TestStore, end: 'COMMIT' | 'ROLLBACK' = 'COMMIT', ...logged: LoggedPoints[]) {
  const { engine, connection } = store;
  await connection.execute('BEGIN IMMEDIATE');
  store.sequence += 1;
  await engine.purge(connection, store.sequence, [{ kind: 'run', run: GONE }]);
  const staged = logged.length > 0 ? await engine.stage(connection, store.sequence, 0, logged) : undefined;
  await connection.execute(end);
  if (end === 'COMMIT') {
    engine.purgePublished();
    if (staged) engine.publish(staged);
  } else {
    if (staged) engine.discard(staged);
    engine.purgeDiscarded();
  }
}

/** What waited for the journal goes once the other run's points are sealed. */
async function settle(store: TestStore): Promise<void> {
  await store.seal();
  await tidyAll(store);
}

/** How many steps it took. */
async function tidyAll(store: TestStore): Promise<number> {
  let steps = 0;
  for (; store.engine.needsTidying; steps += 1) {
    await store.connection.execute('BEGIN IMMEDIATE');
    await store.engine.tidy(store.connection);
    await store.connection.execute('COMMIT');
    store.engine.tidied();
  }
  return steps;
}

/** False when all was done before that many statements. */
async function tidyUntil(store: TestStore, statement: number): Promise<boolean> {
  let left = statement;
  const mortal: Connection = {
    dialect: store.connection.dialect,
    query: async (sql, params) => {
      left -= 1;
      if (left <= 0) throw new Error('killed');
      return store.connection.query(sql, params);
    },
  };
  while (store.engine.needsTidying) {
    await store.connection.execute('BEGIN IMMEDIATE');
    try {
      await store.engine.tidy(mortal);
    } catch {
      await store.connection.execute('ROLLBACK');
      return true;
    }
    await store.connection.execute('COMMIT');
    store.engine.tidied();
  }
  return false;
}

async function countOf(store: TestStore, run: RunId): Promise<number> {
  return (await store.engine.read({ owner: { kind: 'run', run }, metric: 'loss' })).steps.length;
}

async function stored(store: TestStore) {
  return Promise.all(['series_owner', 'series', 'series_segment'].map((table) => store.count(table)));
}

/** What a store would hold that only ever knew this run. */
async function storedOf(store: TestStore, run: RunId) {
  const segments = await store.connection.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM series_segment g JOIN series s ON s.id = g.series
      JOIN series_owner o ON o.id = s.owner WHERE o.owner = ?`,
    [run],
  );
  return [1, 1, segments[0]?.n];
}
