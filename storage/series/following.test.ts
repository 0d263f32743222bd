import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  comparePoints,
  type MetricSummary,
  ownerKey,
  type Point,
  type PointColumns,
  summarise,
} from '#core/domain/point.ts';
import type { News } from '#storage/sql/participants.ts';
import { SeriesEngine, type SeriesOptions } from './series-engine.ts';
import { logged, runOwner, TestStore } from './test-store.ts';
import { Unapplied } from './unapplied.ts';

const OWNERS = [runOwner('a'), runOwner('b'), runOwner('c')] as const;
const METRICS = ['loss', 'acc'] as const;
const SLOW = { timeout: 120_000 };
const NOTHING: News = { events: [], purged: [], sealed: [], journal: [] };

/** An engine and how far it heard of the others. */
interface Heard {
  readonly engine: SeriesEngine;
  position: number;
}

/** Engines of several processes over one database, and the log by which they hear of each other. */
class Processes {
  readonly store: TestStore;
  readonly #options: SeriesOptions;
  readonly #log: News[] = [];
  readonly #engines: Heard[] = [];
  /** What was logged to each series, in that order. */
  readonly model = new Map<string, Point[]>();

  constructor(store: TestStore, options: SeriesOptions) {
    this.store = store;
    this.#options = options;
  }

  async start(at: number): Promise<void> {
    const one: Heard = {
      engine: await SeriesEngine.open(this.store.connection, this.#options),
      position: this.#log.length,
    };
    one.engine.settleBy(async (isNeeded) => {
      if (isNeeded()) await this.settle(at);
    });
    this.#engines[at] = one;
  }

  /** Hears of everything so far. */
  hear(at: number): SeriesEngine {
    const one = this.#engines[at] as Heard;
    for (const news of this.#log.slice(one.position)) one.engine.follow(news);
    one.position = this.#log.length;
    return one.engine;
  }

  async settle(at: number): Promise<void> {
    await this.hear(at).settle(this.store.connection);
  }

  async prepare(at: number): Promise<void> {
    await this.settle(at);
    await this.hear(at).prepareSeal();
  }

  async log(at: number, owner: number, metric: number, points: readonly Point[]): Promise<void> {
    const engine = this.hear(at);
    const { connection } = this.store;
    const [whose, what] = [OWNERS[owner] ?? OWNERS[0], METRICS[metric] ?? 'loss'];
    this.store.sequence += 1;
    await connection.execute('BEGIN IMMEDIATE');
    const group = [logged(whose, what, points)];
    const staged = await engine.stage(connection, this.store.sequence, 1000 + this.store.sequence, group);
    await connection.execute('COMMIT');
    engine.publish(staged);
    this.#tell(at, { ...NOTHING, journal: engine.newsOf(staged) });
    const key = `${ownerKey(whose)} ${what}`;
    this.model.set(key, [...(this.model.get(key) ?? []), ...points]);
  }

  async seal(at: number, end: 'COMMIT' | 'ROLLBACK'): Promise<void> {
    const engine = this.hear(at);
    const { connection } = this.store;
    await connection.execute('BEGIN IMMEDIATE');
    const sealed = await engine.seal(connection);
    await connection.execute(end);
    if (end === 'ROLLBACK') return engine.abandon();
    engine.published();
    if (sealed.length > 0) this.#tell(at, { ...NOTHING, sealed });
  }

  /** Summary and points of every series, as a process has them. */
  async answers(at: number): Promise<unknown> {
    const engine = this.hear(at);
    const all: unknown[] = [];
    for (const owner of OWNERS) {
      const summaries = await engine.summaries(owner);
      for (const metric of METRICS) {
        all.push([summaries.get(metric), pointsOf(await engine.read({ owner, metric }))]);
      }
    }
    return all;
  }

  /** As the model has them. */
  get expected(): unknown {
    return OWNERS.flatMap((owner) =>
      METRICS.map((metric) => {
        const points = this.model.get(`${ownerKey(owner)} ${metric}`) ?? [];
        return [fold(points), asSet(points)];
      }),
    );
  }

  /** Reads before it hears, as a process does that others are ahead of: from rows that are younger than it knows. */
  async peek(at: number): Promise<void> {
    for (const owner of OWNERS) {
      for (const metric of METRICS) await this.#engines[at]?.engine.read({ owner, metric });
    }
  }

  #tell(at: number, news: News): void {
    this.#log.push(news);
    (this.#engines[at] as Heard).position = this.#log.length;
  }
}

const processes = fc.nat({ max: 2 });
const points = fc.array(
  fc.record({
    step: fc.integer({ min: 0, max: 20 }),
    time: fc.integer({ min: 0, max: 3 }),
    value: fc.integer({ min: -2, max: 2 }),
  }),
  { minLength: 1, maxLength: 5 },
);
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('log' as const),
      at: processes,
      owner: fc.nat({ max: 2 }),
      metric: fc.nat({ max: 1 }),
      points,
    }),
  },
  fc.record({
    kind: fc.constantFrom('hear', 'settle', 'prepare', 'seal', 'rollBack', 'restart', 'read', 'peek'),
    at: processes,
  }),
  fc.record({ kind: fc.constantFrom('prepare', 'seal'), at: processes }),
);

test(
  'whatever three processes log, read, seal and restart in between, each has every point once and one order',
  SLOW,
  async () => {
    const limits = fc.constantFrom<SeriesOptions>(
      { headBytes: 0, journalBytes: 0, fullPoints: 1 },
      { fullPoints: 4, knownSeries: 1 },
    );
    await fc.assert(
      fc.asyncProperty(limits, fc.array(act, { maxLength: 40 }), async (options, acts) => {
        await using store = await TestStore.create(options);
        // Nobody pulls the plug here.
        await store.connection.execute('PRAGMA synchronous = OFF');
        const all = new Processes(store, options);
        for (const at of [0, 1, 2]) await all.start(at);
        for (const one of acts) {
          const { at } = one;
          if (one.kind === 'log') await all.log(at, one.owner, one.metric, one.points);
          else if (one.kind === 'hear') all.hear(at);
          else if (one.kind === 'settle') await all.settle(at);
          else if (one.kind === 'prepare') await all.prepare(at);
          else if (one.kind === 'seal') await all.seal(at, 'COMMIT');
          else if (one.kind === 'rollBack') await all.seal(at, 'ROLLBACK');
          else if (one.kind === 'restart') await all.start(at);
          else if (one.kind === 'peek') await all.peek(at);
          else expect(await all.answers(at)).toEqual(all.expected);
        }
        for (const at of [0, 1, 2]) expect(await all.answers(at)).toEqual(all.expected);
        for (const at of [0, 1, 2]) await all.start(at);
        for (const at of [0, 1, 2]) expect(await all.answers(at)).toEqual(all.expected);
      }),
      { numRuns: 300 },
    );
  },
);

test('points that come between the two parts of a seal stay in head and journal', async () => {
  await using store = await TestStore.create();
  const all = new Processes(store, {});
  for (const at of [0, 1]) await all.start(at);
  await all.log(0, 0, 0, [{ step: 1, time: 1, value: 5 }]);
  await all.prepare(0);
  await all.log(1, 0, 0, [{ step: 2, time: 2, value: 1 }]);
  // Process 0 reads it, so it is in the head that is being sealed.
  expect(await all.answers(0)).toEqual(all.expected);
  await all.seal(0, 'COMMIT');
  expect(await store.count('series_journal')).toBe(1);
  for (const at of [0, 1]) expect(await all.answers(at)).toEqual(all.expected);
  await all.start(0);
  expect(await all.answers(0)).toEqual(all.expected);
});

test('a record that one process still has to read is removed by no other act of its own', async () => {
  await using store = await TestStore.create();
  const all = new Processes(store, {});
  for (const at of [0, 1]) await all.start(at);
  await all.log(0, 0, 0, [{ step: 1, time: 1, value: 1 }]);
  await all.log(1, 1, 0, [{ step: 2, time: 2, value: 2 }]);
  // Process 0 knows of the second record by name only, and seals what it has.
  all.hear(0);
  await all.seal(0, 'COMMIT');
  expect(await store.count('series_journal')).toBe(1);
  for (const at of [0, 1]) expect(await all.answers(at)).toEqual(all.expected);
});

test('what stays of a head that was sealed is older than heads that began before that, and its record stays', async () => {
  await using store = await TestStore.create();
  const all = new Processes(store, {});
  for (const at of [0, 1]) await all.start(at);
  const many = Array.from({ length: 1100 }, (_, step) => ({ step, time: 0, value: step }));
  await all.log(0, 0, 0, many);
  await all.prepare(0);
  await all.log(1, 0, 0, [{ step: 2000, time: 0, value: 1 }]);
  await all.log(1, 1, 0, [{ step: 1, time: 0, value: 1 }]);
  expect(await all.answers(0)).toEqual(all.expected);
  await all.seal(0, 'COMMIT');
  await all.log(0, 2, 0, many);
  await all.seal(0, 'COMMIT');
  expect(await all.answers(0)).toEqual(all.expected);
  await all.start(0);
  expect(await all.answers(0)).toEqual(all.expected);
});

test('what is only noted takes bounded memory', () => {
  const unapplied = new Unapplied();
  const record = new Uint8Array(2 ** 20);
  for (let sequence = 1; sequence <= 100; sequence += 1) {
    const owners = Array.from({ length: 1000 }, (_, i) => `${sequence}/${i}`);
    unapplied.add({ sequence, bytes: record.length, points: 1, owners, made: [] }, record);
  }
  const kept = unapplied.records.reduce((sum, one) => sum + (one.kept?.length ?? 0), 0);
  expect(kept).toBe(8 * 2 ** 20);
  // So many owners that they are not told apart any more: reading too much is harmless.
  expect(unapplied.touches('somebody else')).toBe(true);
  unapplied.drop(100);
  expect([unapplied.isEmpty, unapplied.touches('1/1')]).toEqual([true, false]);
});

function fold(all: readonly Point[]): MetricSummary | undefined {
  return all.reduce<MetricSummary | undefined>((summary, point) => summarise(summary, point), undefined);
}

function asSet(all: readonly Point[]): readonly Point[] {
  const sorted = all.toSorted(comparePoints);
  return sorted.filter((point, i) => i === 0 || comparePoints(sorted[i - 1] as Point, point) !== 0);
}

function pointsOf({ steps, times, values }: PointColumns): readonly Point[] {
  return Array.from(steps, (step, i) => ({
    step,
    time: times[i] as number,
    value: values[i] as number,
  }));
}
