import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Fault } from '#core/domain/fault.ts';
import type { ModelId, RunId } from '#core/domain/ids.ts';
import { type MetricSummary, ownerKey, type Point, type SeriesOwner, summarise } from '#core/domain/point.ts';
import { bucketise, bucketWidth } from '#core/signal/m4.ts';
import type { XAxis } from '#core/tracking/ports/series.ts';
import { orderByTime, sortPoints } from './point-order.ts';
import { columnsOf, logged, runOwner, TestStore } from './test-store.ts';

const owners: readonly SeriesOwner[] = [
  runOwner('a'),
  runOwner('b'),
  {
    kind: 'model',
    model: `m-${'1'.repeat(32)}` as ModelId,
    run: runOwner('a').run,
    dataset: { name: 'dögs "x"', digest: 'd1' },
  },
];

const step = fc.oneof(
  fc.integer({ min: -5, max: 40 }),
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.constantFrom(-0, 0.5, 1e300, -1e300, 2 ** 53),
);
const time = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.integer({ min: 1.7e15, max: 1.8e15 }),
  fc.constant(-7),
);
const value = fc.oneof(
  fc.constantFrom(NaN, Infinity, -Infinity, -0, 0, 1, 0.1),
  fc.double(),
  fc.float({ noNaN: true }),
  fc.integer({ min: -9, max: 9 }),
);
const batch = fc.record({
  owner: fc.constantFrom(...owners),
  metric: fc.constantFrom('loss', 'acc'),
  points: fc.array(fc.record({ step, time, value }), { maxLength: 12 }),
});
const action = fc.oneof(
  { weight: 6, arbitrary: fc.array(batch, { minLength: 1, maxLength: 3 }) },
  { weight: 2, arbitrary: fc.constantFrom('seal' as const, 'reopen' as const, 'rollback' as const) },
);

/** The engine's model: every point in a map by what makes it itself, summaries as the domain folds them. */
class Model {
  readonly points = new Map<string, Map<string, Point>>();
  readonly summaries = new Map<string, MetricSummary>();

  log(owner: SeriesOwner, metric: string, points: readonly Point[]): void {
    const key = `${ownerKey(owner)} ${metric}`;
    const series = this.points.get(key) ?? new Map<string, Point>();
    if (points.length > 0) this.points.set(key, series);
    for (const point of points) {
      const { step: at, time: when, value: what } = point;
      const clean = { step: at + 0, time: when, value: what };
      series.set(`${clean.step} ${when} ${Object.is(what, -0) ? '-0' : what}`, clean);
      this.summaries.set(key, summarise(this.summaries.get(key), clean));
    }
  }
}

test('any batches with seals, restarts and rollbacks between read back as the set of points that were logged', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 25 }), async (actions) => {
      await using store = await TestStore.create({
        headBytes: 2000,
        journalBytes: 900,
        fullPoints: 1,
        knownSeries: 3,
      });
      const model = new Model();
      for (const act of actions) {
        if (act === 'seal') await store.seal();
        else if (act === 'reopen') await store.reopen();
        else if (act === 'rollback')
          await store.rollBack(logged(runOwner('b'), 'lost', [{ step: 1, time: 1, value: 1 }]));
        else {
          await store.log(...act.map(({ owner, metric, points }) => logged(owner, metric, points)));
          for (const { owner, metric, points } of act) model.log(owner, metric, points);
          if (store.engine.needsSealing) await store.seal();
        }
      }
      for (const owner of owners) {
        const summaries = await store.engine.summaries(owner);
        for (const metric of ['loss', 'acc']) {
          const key = `${ownerKey(owner)} ${metric}`;
          const expected = sortPoints(columnsOf([...(model.points.get(key)?.values() ?? [])]));
          expect(await store.engine.read({ owner, metric })).toEqual(expected);
          expect(summaries.get(metric)).toEqual(model.summaries.get(key));
          for (const x of ['step', 'time', 'relative'] as const)
            await expectExact(store, { owner, metric }, x, expected);
        }
        expect([...summaries.keys()]).not.toContain('lost');
      }
    }),
    { numRuns: 60 },
  );
});

async function expectExact(
  store: TestStore,
  series: { owner: SeriesOwner; metric: string },
  x: XAxis,
  points: ReturnType<typeof columnsOf>,
  query: { pixels: number; range?: readonly [number, number] } = { pixels: 7 },
): Promise<void> {
  const ordered = x === 'step' ? points : orderByTime(points);
  const origin = x === 'relative' ? (ordered.times[0] ?? 0) : 0;
  const xs = x === 'step' ? ordered.steps : ordered.times.map((when) => (when - origin) / 1e6);
  const extent = xs.length === 0 ? undefined : ([xs[0] as number, xs.at(-1) as number] as const);
  const [low, high] = query.range ?? extent ?? [0, 0];
  const from = xs.findIndex((at) => at >= low);
  const inside = xs.filter((at) => at >= low && at <= high);
  const values = from < 0 ? new Float64Array() : ordered.values.slice(from, from + inside.length);
  const found = await store.engine.buckets({ series, x, ...query });
  expect(found).toEqual({
    buckets: bucketise(inside, values, bucketWidth(low, high, query.pixels)),
    extent,
    points: inside.length,
  });
}

test('a chart of a million points equals brute force for several widths and ranges', async () => {
  await using store = await TestStore.create();
  const count = 1_000_000;
  const columns = {
    steps: Float64Array.from({ length: count }, (_, i) => i),
    times: Float64Array.from({ length: count }, (_, i) => 1.7e15 + i * 1000 + (i % 7)),
    values: Float64Array.from({ length: count }, (_, i) =>
      i % 9973 === 0 ? NaN : Math.sin(i / 5000) + Math.fround((i * 7919) % 31) / 100,
    ),
  };
  const owner = runOwner();
  for (let at = 0; at < count; at += 50_000) {
    const part = {
      steps: columns.steps.slice(at, at + 50_000),
      times: columns.times.slice(at, at + 50_000),
      values: columns.values.slice(at, at + 50_000),
    };
    await store.log({ owner, metrics: ['m'], metricAt: new Uint32Array(50_000), ...part });
    if (at % 100_000 === 0) await store.seal();
  }
  for (const pixels of [3, 400, 1500, 8192])
    await expectExact(store, { owner, metric: 'm' }, 'step', columns, { pixels });
  await expectExact(store, { owner, metric: 'm' }, 'step', columns, {
    pixels: 1500,
    range: [123_456, 133_456.5],
  });
  await expectExact(store, { owner, metric: 'm' }, 'step', columns, { pixels: 20, range: [-50, 600_000] });
  await expectExact(store, { owner, metric: 'm' }, 'relative', columns, { pixels: 1500 });
  expect(store.engine.needsSealing).toBe(false);
});

test('a retry that arrives after its points were sealed counts once', async () => {
  await using store = await TestStore.create();
  const owner = runOwner();
  const points = Array.from({ length: 3000 }, (_, i) => ({ step: i, time: i * 10, value: i / 7 }));
  await store.log(logged(owner, 'm', points));
  await store.seal();
  await store.log(logged(owner, 'm', points.slice(1500, 2500)));
  const query = { series: { owner, metric: 'm' }, x: 'step', pixels: 10 } as const;
  expect((await store.engine.buckets(query)).points).toBe(3000);
  await store.seal();
  expect((await store.engine.buckets(query)).points).toBe(3000);
  await expectExact(store, query.series, 'step', columnsOf(points));
});

test('a journal record that was changed on disk is reported with its sequence', async () => {
  await using store = await TestStore.create();
  await store.log(logged(runOwner(), 'm', [{ step: 1, time: 2, value: 3 }]));
  await store.log(logged(runOwner(), 'm', [{ step: 2, time: 3, value: 4 }]));
  await store.connection.execute(
    'UPDATE series_journal SET record = substr(record, 1, length(record) - 3) WHERE sequence = 2',
  );
  await expect(store.reopen()).rejects.toThrow(
    expect.objectContaining({ code: 'corrupt', message: expect.stringContaining('2') as string }) as Fault,
  );
});

test('many small seals of a series are packed, and the journal never outgrows its limit', async () => {
  await using store = await TestStore.create({ headBytes: 1, journalBytes: 1, fullPoints: 1 });
  const owner = runOwner();
  for (let i = 0; i < 400; i += 1) {
    await store.log(logged(owner, 'm', [{ step: i, time: i, value: i * 0.1 }]));
    while (store.engine.needsSealing) await store.seal();
  }
  expect(await store.count('series_segment')).toBeLessThan(10);
  expect(await store.count('series_journal')).toBeLessThan(2);
  expect((await store.engine.read({ owner, metric: 'm' })).steps).toHaveLength(400);
});

test('a kill at any statement of a seal loses and doubles nothing', async () => {
  for (let statement = 1; ; statement += 1) {
    await using store = await TestStore.create({ fullPoints: 1 });
    const owner = runOwner();
    const points = Array.from({ length: 8 * 1100 }, (_, i) => ({ step: i, time: i * 3, value: i / 3 }));
    for (let at = 0; at < points.length; at += 1100) {
      await store.log(
        logged(owner, 'm', points.slice(at, at + 1100)),
        logged(owner, 'n', points.slice(at, at + 2)),
      );
      if (at < 7 * 1100) await store.seal();
    }
    const wasKilled = await store.sealUntil(statement);
    expect(await store.engine.read({ owner, metric: 'm' })).toEqual(columnsOf(points));
    await store.seal();
    expect(await store.engine.read({ owner, metric: 'm' })).toEqual(columnsOf(points));
    expect((await store.engine.summaries(owner)).get('m')?.last).toEqual(points.at(-1));
    expect((await store.engine.read({ owner, metric: 'n' })).steps).toHaveLength(16);
    if (!wasKilled) return;
  }
});

test('a seal that is rolled back loses and doubles nothing', async () => {
  await using store = await TestStore.create();
  const owner = runOwner();
  const points = Array.from({ length: 1500 }, (_, i) => ({ step: i, time: i, value: i }));
  await store.log(logged(owner, 'm', points));
  await store.seal('ROLLBACK');
  expect((await store.engine.read({ owner, metric: 'm' })).steps).toHaveLength(1500);
  await store.seal();
  await store.reopen();
  expect(await store.engine.read({ owner, metric: 'm' })).toEqual(columnsOf(points));
});

test('the last commit of a run and the metrics of a model survive a restart', async () => {
  await using store = await TestStore.create();
  const model = owners[2] as SeriesOwner & { kind: 'model' };
  const run = 'a'.padEnd(32, '0') as RunId;
  const point = { step: 1, time: 2, value: 3 };
  await store.log(logged(runOwner('a'), 'm', [point]), logged(model, 'm', [point]));
  await store.log(logged(runOwner('b'), 'm', [point]));
  await store.seal();
  await store.reopen();
  expect(await store.engine.touched(run)).toEqual({ sequence: 1, at: 1001 });
  expect(await store.engine.touched('f'.repeat(32) as RunId)).toBeUndefined();
  expect(await store.engine.modelMetrics(model.model)).toEqual([
    { owner: model, metric: 'm', summary: { last: point, min: point, max: point } },
  ]);
});
