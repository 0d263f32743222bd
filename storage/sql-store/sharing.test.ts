import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { DEFAULT_PROJECT, type ProjectId } from '#core/domain/ids.ts';
import type { Receipt } from '#core/tracking/ports/change.ts';
import type { CommitEvent } from '#core/tracking/ports/writer.ts';
import { answers, COMPARED_AT, everything, modelComparison } from '#storage/conformance/model-comparison.ts';
import { commitsAtOnce, PRELUDE } from '#storage/conformance/operations.ts';
import {
  commitOf,
  createProject,
  createRun,
  logPoints,
  runIdOf,
  setTags,
} from '#storage/conformance/sample-changes.ts';
import { storeSuite } from '#storage/conformance/store-suite.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { Lost, readThrough, Servers, type Server, type ServersOptions } from './testing/servers.ts';

const SEALING = { headBytes: 0, journalBytes: 0, fullPoints: 1 };
const RUN = runIdOf(1);
const OWNER = { kind: 'run', run: RUN } as const;
const LOSS = { owner: OWNER, metric: 'loss' } as const;
const SLOW = { timeout: 120_000 };

storeSuite('written by one server, read by another', () => writtenAndRead());
modelComparison('written by one server, read by another', () => writtenAndRead());
modelComparison('written by one server, read by another, always sealing', () =>
  writtenAndRead({ series: SEALING }),
);

async function writtenAndRead(options: ServersOptions = {}) {
  const servers = await Servers.create({ now: () => COMPARED_AT, ...options });
  const [writing, reading] = [await servers.start(), await servers.start()];
  return readThrough(writing, reading, () => servers.stop());
}

async function startServers(count: number, options: ServersOptions = {}) {
  const servers = await Servers.create({ now: () => COMPARED_AT, ...options });
  onTestFinished(() => servers.stop());
  const started: Server[] = [];
  for (let i = 0; i < count; i += 1) started.push(await servers.start());
  return { servers, started: started as [Server, Server, ...Server[]] };
}

const series = fc.constantFrom({}, SEALING, { headBytes: 300, journalBytes: 300, fullPoints: 4 });

test('commits to any of three servers are answered, and read from any, like those of one', SLOW, async () => {
  const server = fc.nat({ max: 2 });
  const round = fc.record({ commits: commitsAtOnce, to: server, readFrom: server });
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 12 }), series, async (rounds, limits) => {
      const servers = await Servers.create({ now: () => COMPARED_AT, series: limits });
      try {
        const all = [await servers.start(), await servers.start(), await servers.start()];
        const model = memoryStore({ createdAt: COMPARED_AT });
        for (const { commits, to, readFrom } of [{ commits: [PRELUDE], to: 0, readFrom: 1 }, ...rounds]) {
          expect(await answers(all[to] as Server, commits)).toEqual(await answers(model, commits));
          await (all[readFrom] as Server).catalog.activeRuns();
          expect(await everything(all[readFrom] as Server)).toEqual(await everything(model));
        }
        for (const one of all) expect((await caughtUp(one)).feed.since(0)).toEqual(model.feed.since(0));
      } finally {
        await servers.stop();
      }
    }),
    { numRuns: 40 },
  );
});

test('commits to three servers at once have one order, which all of them tell', SLOW, async () => {
  const round = fc.tuple(commitsAtOnce, commitsAtOnce, commitsAtOnce);
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 6 }), series, async (rounds, limits) => {
      const servers = await Servers.create({ now: () => COMPARED_AT, series: limits });
      try {
        const all = [await servers.start(), await servers.start(), await servers.start()] as const;
        const model = memoryStore({ createdAt: COMPARED_AT });
        await model.writer.commit(PRELUDE);
        await all[0].writer.commit(PRELUDE);
        for (const commits of rounds) {
          const at = commits[0][0]?.at ?? 0;
          const together = commits.map((some) => some.map((commit) => ({ ...commit, at })));
          const answered = await Promise.all(all.map((one, i) => answers(one, together[i] ?? [])));
          const made = answered
            .flatMap((some, i) => some.map((answer, k) => ({ answer, commit: together[i]?.[k] })))
            .filter(({ answer }) => !((answer as Partial<Receipt>).isRepeat ?? true))
            .toSorted((a, b) => (a.answer as Receipt).sequence - (b.answer as Receipt).sequence);
          for (const { answer, commit } of made) {
            expect(await model.writer.commit(commit ?? PRELUDE)).toEqual(answer);
          }
        }
        for (const one of all) expect(await everything(await caughtUp(one))).toEqual(await everything(model));
      } finally {
        await servers.stop();
      }
    }),
    { numRuns: 40 },
  );
});

test(
  'a project of 5,000 runs is deleted in a few words, and all servers and their pages see it',
  SLOW,
  async () => {
    const { started } = await startServers(2);
    const [one, other] = started;
    const project = 'big' as ProjectId;
    const runs = Array.from({ length: 5000 }, (_, i) => runIdOf(i + 1));
    await one.writer.commit(
      commitOf([createProject('x', project), ...runs.map((run) => createRun(run, { project }))]),
    );
    // Both have all of them in memory.
    for (const { catalog } of started) expect(await catalog.runs([project], 'active')).toHaveLength(5000);
    for (const kind of ['delete-project', 'restore-project', 'delete-project'] as const) {
      const { sequence } = await one.writer.commit(commitOf([{ kind, project }]));
      const isDeleted = kind === 'delete-project';
      for (const { catalog, feed } of started) {
        const found = await catalog.runs([project], 'all');
        expect(found).toHaveLength(5000);
        expect(found.filter((run) => (run.deletedAt !== undefined) === isDeleted)).toHaveLength(5000);
        expect(found.filter((run) => run.sequence === sequence)).toHaveLength(5000);
        expect((await catalog.run(runIdOf(1)))?.deletedAt !== undefined).toBe(isDeleted);
        const events = feed.since(sequence - 1);
        expect(events).toHaveLength(1);
        expect(JSON.stringify(events).length).toBeLessThan(200);
      }
      // What one server decides rests on it, also where the other one wrote it.
      const tag = other.writer.commit(commitOf([setTags(runIdOf(2), { seen: kind })]));
      if (isDeleted) await expect(tag).rejects.toMatchObject({ code: 'invalid' });
      else await tag;
    }
  },
);

async function caughtUp(server: Server): Promise<Server> {
  await server.catalog.activeRuns();
  return server;
}

test('numbers that servers give out by turns are never given twice', async () => {
  const { started } = await startServers(2);
  for (let i = 0; i < 8; i += 1) {
    const { writer } = started[i % 2] as Server;
    const run = runIdOf(10 + i);
    const logged = logPoints({ kind: 'run', run }, [[`metric ${i}`, 1, i]]);
    const { projects, sequence } = await writer.commit(
      commitOf([createProject(`project ${i}`), createRun(run), logged]),
    );
    expect([projects, sequence]).toEqual([[String(i + 1)], i + 1]);
  }
  for (const { catalog, series: reader } of started) {
    const runs = await catalog.runs([DEFAULT_PROJECT], 'all');
    expect(runs.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (let i = 0; i < 8; i += 1) {
      const owner = { kind: 'run', run: runIdOf(10 + i) } as const;
      expect([...(await reader.read({ owner, metric: `metric ${i}` })).values]).toEqual([i]);
    }
  }
});

test('while both log and seal, each reads every point that either acknowledged', SLOW, async () => {
  const { started } = await startServers(2, {
    series: { headBytes: 4000, journalBytes: 4000, fullPoints: 64 },
  });
  await started[0].writer.commit(commitOf([createRun(RUN)]));
  let acknowledged = 0;
  const logs = new AbortController();
  const logging = started.map(async ({ writer }, server) => {
    for (let i = 0; i < 120; i += 1) {
      const rows = Array.from({ length: 30 }, (_, k) => ['loss', 2 * (30 * i + k) + server, i] as const);
      await writer.commit(commitOf([logPoints(OWNER, rows)]));
      acknowledged += rows.length;
    }
  });
  const reading = started.map(async ({ series: reader, catalog }) => {
    let reads = 0;
    while (!logs.signal.aborted) {
      const atLeast = acknowledged;
      expect((await reader.read(LOSS)).steps.length).toBeGreaterThanOrEqual(atLeast);
      const { points } = await reader.buckets({ series: LOSS, x: 'step', pixels: 50 });
      expect(points).toBeGreaterThanOrEqual(atLeast);
      await catalog.run(RUN);
      reads += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return reads;
  });
  await Promise.all(logging);
  logs.abort();
  for (const reads of await Promise.all(reading)) expect(reads).toBeGreaterThan(0);
  for (const { series: reader, catalog } of started) {
    expect((await reader.read(LOSS)).steps.every((step, i) => step === i)).toBe(true);
    expect((await catalog.run(RUN))?.metrics.get('loss')?.last.step).toBe(7199);
  }
});

test('a server behind which the log was purged opens anew, loses nothing, and tells its pages to', async () => {
  const { servers, started } = await startServers(2);
  const [busy, slow] = started;
  await busy.writer.commit(commitOf([createRun(RUN), logPoints(OWNER, [['loss', 1, 1]])]));
  await caughtUp(slow);
  const cursor = slow.feed.latest();
  let gaps = 0;
  slow.feed.subscribe(
    () => undefined,
    () => (gaps += 1),
  );
  await busy.writer.commit(commitOf([setTags(RUN, { a: 'b' }), logPoints(OWNER, [['loss', 2, 2]])]));
  await busy.writer.commit(commitOf([logPoints(OWNER, [['acc', 1, 1]])]));
  await servers.database.query('DELETE FROM commit_log WHERE position <= 2');
  expect(await everything(await caughtUp(slow))).toEqual({
    ...((await everything(busy)) as object),
    events: undefined,
  });
  expect([gaps, slow.feed.since(cursor), slow.feed.latest()]).toEqual([1, undefined, 3]);
  await slow.writer.commit(commitOf([logPoints(OWNER, [['loss', 3, 3]])]));
  expect([...(await busy.series.read(LOSS)).steps]).toEqual([1, 2, 3]);
});

test('a page that changes its server goes on where it was, also when that server started later', async () => {
  const { servers, started } = await startServers(2);
  const [one, other] = started;
  await one.writer.commit(commitOf([createRun(RUN)]));
  const cursor = one.feed.latest();
  await other.writer.commit(commitOf([setTags(RUN, { a: '1' })]));
  await one.writer.commit(commitOf([logPoints(OWNER, [['loss', 1, 1]])]));
  await caughtUp(other);
  const young = await servers.start();
  const missed = one.feed.since(cursor);
  expect(missed?.map(({ sequence }) => sequence)).toEqual([2, 3]);
  expect(other.feed.since(cursor)).toEqual(missed);
  expect(young.feed.since(cursor)).toEqual(missed);
});

test('a listener hears of commits of another server when it is nudged, and by asking now and then', async () => {
  for (const pollMs of [0, 5]) {
    const { started } = await startServers(2, { pollMs });
    const [one, other] = started;
    const heard = new Promise<CommitEvent>((resolve) => other.feed.subscribe(resolve));
    await one.writer.commit(commitOf([createRun(RUN)]));
    if (pollMs === 0) other.nudge();
    expect((await heard).runs.map(({ run }) => run)).toEqual([RUN]);
  }
});

test(
  'a server whose connection ends at any statement answers that it is unavailable, and goes on',
  SLOW,
  async () => {
    for (let last = 1; ; last += 1) {
      let left = Infinity;
      const { servers, started } = await startServers(1, { series: SEALING });
      const dying = await servers.start({
        mortal: (sql) => {
          if (sql === 'ROLLBACK') return;
          left -= 1;
          if (left < 0) throw new Lost();
        },
      });
      const model = memoryStore({ createdAt: COMPARED_AT });
      const commit = async (to: Server, step: number) => {
        const logged = commitOf([
          setTags(RUN, { step: String(step) }),
          logPoints(OWNER, [['loss', step, step]]),
        ]);
        await to.writer.commit(logged);
        await model.writer.commit(logged);
      };
      await model.writer.commit(commitOf([createRun(RUN)]));
      await dying.writer.commit(commitOf([createRun(RUN)]));
      await commit(started[0], 1);
      left = last;
      const outcome = await commit(dying, 2).then(
        () => 'made',
        (error: unknown) => error,
      );
      left = Infinity;
      if (outcome !== 'made') expect(outcome).toMatchObject({ code: 'unavailable' });
      await commit(started[0], 3);
      await commit(dying, 4);
      const expected = await everything(model);
      for (const one of [dying, started[0]]) expect(await everything(await caughtUp(one))).toEqual(expected);
      if (outcome === 'made') {
        expect(last).toBeGreaterThan(5);
        return;
      }
    }
  },
);

test('a commit whose answer was lost on the way is known to its own server, too, and is not made twice', async () => {
  let isCut = false;
  const { servers, started } = await startServers(1);
  const cut = await servers.start({
    mortal: (sql) => {
      if (!isCut || sql !== 'COMMIT') return;
      isCut = false;
      // The database commits; whoever asked does not hear of it.
      throw new Lost('after');
    },
  });
  await cut.writer.commit(commitOf([createRun(RUN)]));
  isCut = true;
  const lost = cut.writer.commit(commitOf([setTags(RUN, { a: '1' }), logPoints(OWNER, [['loss', 1, 1]])]));
  await expect(lost).rejects.toMatchObject({ code: 'unavailable' });
  await started[0].writer.commit(commitOf([logPoints(OWNER, [['loss', 2, 2]])]));
  for (const { catalog, series: reader, feed } of [cut, started[0]]) {
    expect((await catalog.run(RUN))?.tags.get('a')).toBe('1');
    expect([...(await reader.read(LOSS)).steps]).toEqual([1, 2]);
    expect(feed.latest()).toBe(3);
  }
});

test('a run is not put together from a document of now and metrics of before', async () => {
  const { servers, started } = await startServers(1);
  const [writing] = started;
  await writing.writer.commit(commitOf([createRun(RUN), logPoints(OWNER, [['loss', 1, 1]])]));
  let isHeld = true;
  const reading = await servers.start({
    reading: (read) => ({
      dialect: read.dialect,
      query: async (sql, params) => {
        if (isHeld && sql.startsWith('select * from "run"')) {
          isHeld = false;
          await writing.writer.commit(commitOf([logPoints(OWNER, [['loss', 2, 2]])]));
          await writing.writer.commit(commitOf([setTags(RUN, { later: 'yes' })]));
        }
        return read.query(sql, params);
      },
    }),
  });
  const run = await reading.catalog.run(RUN);
  expect(run).toEqual(await writing.catalog.run(RUN));
  expect(run?.metrics.get('loss')?.last.step).toBe(2);
});

test('a commit that comes while its server reads points of another waits, and nothing is applied twice', async () => {
  const { servers, started } = await startServers(1);
  const [writing] = started;
  await writing.writer.commit(commitOf([createRun(RUN)]));
  const reached = Promise.withResolvers<void>();
  const mayGoOn = Promise.withResolvers<void>();
  let isHeld = false;
  const slow = await servers.start({
    catchingUp: (moment) => ({
      dialect: moment.dialect,
      query: async (sql, params) => {
        const rows = await moment.query<never>(sql, params);
        if (!isHeld || !sql.includes('FROM series_journal')) return rows;
        reached.resolve();
        await mayGoOn.promise;
        return rows;
      },
    }),
  });
  isHeld = true;
  await writing.writer.commit(commitOf([logPoints(OWNER, [['loss', 1, 1]])]));
  const read = slow.catalog.run(RUN);
  await reached.promise;
  const heard: number[] = [];
  slow.feed.subscribe(({ sequence }) => heard.push(sequence));
  const receipt = slow.writer.commit(commitOf([logPoints(OWNER, [['loss', 2, 2]])]));
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(heard).toEqual([]);
  mayGoOn.resolve();
  expect((await receipt).sequence).toBe(3);
  expect((await read)?.metrics.get('loss')?.last.step).toBeGreaterThanOrEqual(1);
  expect(heard).toEqual([3]);
  expect([...(await slow.series.read(LOSS)).steps]).toEqual([1, 2]);
});
