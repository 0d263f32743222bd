import { describe, expect } from 'vitest';
import { DEFAULT_PROJECT } from '#core/domain/ids.ts';
import type { ProjectId } from '#core/domain/ids.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import type { CommitEvent } from '#core/tracking/ports/writer.ts';
import {
  AT,
  commitOf,
  createModel,
  createProject,
  createRun,
  digestOf,
  logPoints,
  modelIdOf,
  putFile,
  runIdOf,
  setParams,
  setTags,
} from './sample-changes.ts';
import { specify, type MakeStore } from './specify.ts';

const RUN = runIdOf(1);
const OWNER = { kind: 'run', run: RUN } as const;
const REFUSED: Change = { kind: 'delete-model', model: modelIdOf(99) };

/** Specifies `Writer` and `CommitFeed`: atomicity, order, repetition, events. */
export function commitSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: commits`, () => {
    it('leaves nothing of a commit of which one change in the middle refuses', async ({
      writer,
      catalog,
      series,
      feed,
    }) => {
      await writer.commit(commitOf([createRun(RUN), setParams(RUN, [['a', '1']]), putFile(OWNER, 'kept')]));
      const before = await catalog.run(RUN);
      const latest = feed.latest();
      const everything: Change[] = [
        createProject('p'),
        createRun(runIdOf(2)),
        setTags(RUN, { t: 'v' }),
        setParams(RUN, [['b', '2']]),
        logPoints(OWNER, [['loss', 1, 1]]),
        putFile(OWNER, 'new'),
        { kind: 'delete-files', owner: OWNER, path: 'kept' },
        createModel(modelIdOf(1)),
        { kind: 'finalise-model', model: modelIdOf(1), status: 'ready' },
        { kind: 'delete-project', project: DEFAULT_PROJECT },
        { kind: 'restore-project', project: DEFAULT_PROJECT },
        { kind: 'condemn-blobs', blobs: [digestOf(9)] },
        { kind: 'delete-run', run: RUN },
        { kind: 'purge-run', run: RUN },
      ];
      for (const cut of everything.keys()) {
        const changes = everything.toSpliced(cut + 1, 0, REFUSED);
        await expect(writer.commit(commitOf(changes, { once: 'k' }))).rejects.toMatchObject({
          code: 'not_found',
        });
      }
      expect(await catalog.run(RUN)).toEqual(before);
      expect(await catalog.run(runIdOf(2))).toBeUndefined();
      expect(await catalog.model(modelIdOf(1))).toBeUndefined();
      expect((await catalog.files(OWNER, '')).map((file) => file.path)).toEqual(['kept']);
      expect((await series.read({ owner: OWNER, metric: 'loss' })).steps).toHaveLength(0);
      expect(await catalog.condemned({ until: AT, after: '', limit: 9 })).toEqual([]);
      expect(feed.latest()).toBe(latest);
      const receipt = await writer.commit(
        commitOf([createProject('p'), createRun(runIdOf(2))], { once: 'k' }),
      );
      expect(receipt).toMatchObject({ projects: ['1'], isRepeat: false });
      expect((await catalog.run(runIdOf(2)))?.number).toBe(2);
    });

    it('does not let a refused commit hurt those that arrived with it', async ({
      writer,
      catalog,
      series,
    }) => {
      await writer.commit(commitOf([createRun(RUN)]));
      const outcomes = await Promise.allSettled([
        writer.commit(commitOf([logPoints(OWNER, [['loss', 1, 1]])])),
        writer.commit(commitOf([setTags(RUN, { bad: 'x' }), logPoints(OWNER, [['loss', 2, 2]]), REFUSED])),
        writer.commit(commitOf([setTags(RUN, { good: 'x' })])),
        writer.commit(commitOf([logPoints({ kind: 'run', run: runIdOf(8) }, [['loss', 3, 3]])])),
        writer.commit(commitOf([logPoints(OWNER, [['loss', 4, 4]])])),
      ]);
      expect(outcomes.map((outcome) => outcome.status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
        'rejected',
        'fulfilled',
      ]);
      const run = await catalog.run(RUN);
      expect([run?.tags.has('good'), run?.tags.has('bad')]).toEqual([true, false]);
      expect([...(await series.read({ owner: OWNER, metric: 'loss' })).steps]).toEqual([1, 4]);
      expect(run?.metrics.get('loss')?.last.value).toBe(4);
    });

    it('lets later changes of a commit see earlier ones', async ({ writer, catalog }) => {
      await writer.commit(
        commitOf([
          createProject('a', 'a'),
          createRun(RUN, { project: 'a' as ProjectId }),
          setTags(RUN, { t: '1' }),
          { kind: 'delete-tag', run: RUN, key: 't' },
          { kind: 'delete-project', project: 'a' as ProjectId },
        ]),
      );
      expect(await catalog.run(RUN)).toMatchObject({ project: 'a', deletedAt: AT });
    });

    it('applies commits in the order in which they were asked for', async ({ writer, catalog, feed }) => {
      await writer.commit(commitOf([createRun(RUN)]));
      const receipts = await Promise.all(
        Array.from({ length: 50 }, (_, i) => writer.commit(commitOf([setTags(RUN, { last: String(i) })]))),
      );
      const sequences = receipts.map((receipt) => receipt.sequence);
      expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
      expect(new Set(sequences).size).toBe(50);
      expect(feed.latest()).toBe(sequences.at(-1));
      expect((await catalog.run(RUN))?.tags.get('last')).toBe('49');
    });

    it('answers the first receipt to an idempotency key that it has seen, per actor', async ({
      writer,
      catalog,
      feed,
    }) => {
      const first = await writer.commit(commitOf([createProject('a')], { once: '__proto__' }));
      const again = await writer.commit(commitOf([createProject('b')], { once: '__proto__' }));
      expect(first).toMatchObject({ projects: ['1'], isRepeat: false });
      expect(again).toEqual({ ...first, isRepeat: true });
      expect(feed.latest()).toBe(first.sequence);
      const other = { kind: 'service', id: 'ada' } as const;
      const theirs = await writer.commit(commitOf([createProject('b')], { once: '__proto__', actor: other }));
      expect(theirs.isRepeat).toBe(false);
      expect((await catalog.project('2' as ProjectId))?.createdBy).toEqual(other);
    });

    it('answers a key that arrives twice at once with one receipt', async ({ writer }) => {
      const twin = () => writer.commit(commitOf([createProject('a')], { once: 'k' }));
      const [one, two] = await Promise.all([twin(), twin()]);
      expect(two).toEqual({ ...one, isRepeat: true });
    });

    it('takes a commit without changes', async ({ writer, feed }) => {
      const { sequence } = await writer.commit(commitOf([]));
      expect(sequence).toBe(feed.latest());
      expect(feed.since(sequence - 1)).toEqual([{ sequence, projects: [], runs: [], models: [] }]);
    });

    it('tells what each commit touched, in order, until the listener leaves', async ({ writer, feed }) => {
      const heard: CommitEvent[] = [];
      const leave = feed.subscribe((event) => heard.push(event));
      await writer.commit(commitOf([createProject('a'), createRun(RUN), createModel(modelIdOf(1))]));
      await writer.commit(
        commitOf([
          logPoints(OWNER, [
            ['loss', 1, 1],
            ['acc', 1, 1],
          ]),
        ]),
      );
      leave();
      await writer.commit(commitOf([setTags(RUN, { a: 'b' })]));
      expect(heard).toHaveLength(2);
      expect(heard[0]).toMatchObject({
        projects: ['1'],
        runs: [{ run: RUN, project: '0', isDocument: true, metrics: [] }],
        models: [modelIdOf(1)],
      });
      expect(heard[1]?.runs).toEqual([
        { run: RUN, project: '0', isDocument: false, metrics: ['loss', 'acc'] },
      ]);
      expect(feed.since(heard[0]?.sequence ?? -1)).toHaveLength(2);
      expect(feed.since(feed.latest())).toEqual([]);
      expect(feed.since(feed.latest() + 1)).toBeUndefined();
    });

    it('names a project that is deleted or restored with all its runs, and none of these', async ({
      writer,
      feed,
    }) => {
      const project = 'a' as ProjectId;
      await writer.commit(
        commitOf([
          createProject('x', project),
          createRun(RUN, { project }),
          createRun(runIdOf(2), { project }),
        ]),
      );
      for (const kind of ['delete-project', 'restore-project'] as const) {
        const { sequence } = await writer.commit(commitOf([{ kind, project }]));
        const event = { sequence, projects: ['a'], runs: [], models: [], wholeProjects: ['a'] };
        expect(feed.since(sequence - 1)).toEqual([event]);
      }
    });

    it('does not keep what the caller does to its arrays afterwards', async ({ writer, series }) => {
      const change = logPoints(OWNER, [['loss', 1, 1]]) as Extract<Change, { kind: 'log-points' }>;
      await writer.commit(commitOf([createRun(RUN), change]));
      change.points.values[0] = 99;
      expect([...(await series.read({ owner: OWNER, metric: 'loss' })).values]).toEqual([1]);
    });
  });
}
