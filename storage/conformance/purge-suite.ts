import { describe, expect } from 'vitest';
import type { ProjectId } from '#core/domain/ids.ts';
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
} from './sample-changes.ts';
import { specify, type MakeStore } from './specify.ts';

const RUN = runIdOf(1);
const OWNER = { kind: 'run', run: RUN } as const;
const MODEL = modelIdOf(1);
const OF_MODEL = { kind: 'model', model: MODEL, run: RUN } as const;
const PROJECT = 'a' as ProjectId;
const LOSS = { owner: OWNER, metric: 'loss' };
const WRONG_STATE = { code: 'invalid', details: { reason: 'wrong-state' } };

/** Specifies permanent deletion, the notes of its garbage, and forgetting idempotency keys. */
export function purgeSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: permanent deletion`, () => {
    it('removes a deleted run with all it has; its number is not given again, its id may be', async ({
      writer,
      catalog,
      series,
      feed,
    }) => {
      await writer.commit(
        commitOf([createRun(RUN), logPoints(OWNER, [['loss', 1, 1]]), putFile(OWNER, 'a/b', digestOf(1))]),
      );
      const { sequence } = await writer.commit(
        commitOf([
          { kind: 'delete-run', run: RUN },
          { kind: 'purge-run', run: RUN },
        ]),
      );
      expect(await catalog.run(RUN)).toBeUndefined();
      expect(await catalog.runs(['0' as ProjectId], 'all')).toEqual([]);
      expect(await catalog.files(OWNER, '')).toEqual([]);
      expect(await catalog.isReferenced(digestOf(1))).toBe(false);
      expect((await series.read(LOSS)).steps).toHaveLength(0);
      expect(feed.since(sequence - 1)).toMatchObject([{ runs: [{ run: RUN, isDocument: true }] }]);
      await writer.commit(commitOf([createRun(RUN), logPoints(OWNER, [['loss', 7, 7]])]));
      expect(await catalog.run(RUN)).toMatchObject({ number: 2 });
      expect([...(await series.read(LOSS)).steps]).toEqual([7]);
      expect((await catalog.run(RUN))?.metrics.get('loss')?.min).toMatchObject({ step: 7 });
    });

    it('refuses what is not deleted, not there, or the project that every store has', async ({ writer }) => {
      await writer.commit(commitOf([createRun(RUN), createProject('p', 'a')]));
      const purge = (project: string) =>
        writer.commit(commitOf([{ kind: 'purge-project', project: project as ProjectId, limit: 9 }]));
      const purgeRun = (n: number) => writer.commit(commitOf([{ kind: 'purge-run', run: runIdOf(n) }]));
      await expect(purgeRun(1)).rejects.toMatchObject(WRONG_STATE);
      await expect(purgeRun(2)).rejects.toMatchObject({ code: 'not_found' });
      await expect(purge('a')).rejects.toMatchObject(WRONG_STATE);
      await expect(purge('b')).rejects.toMatchObject({ code: 'not_found' });
      await writer.commit(commitOf([{ kind: 'delete-project', project: '0' as ProjectId }]));
      await expect(purge('0')).rejects.toMatchObject(WRONG_STATE);
    });

    it('leaves the models of a run with what they measured, and takes the deleted ones', async ({
      writer,
      catalog,
      series,
    }) => {
      const gone = modelIdOf(2);
      await writer.commit(
        commitOf([
          createRun(RUN),
          createModel(MODEL, { sourceRun: RUN }),
          createModel(gone, { sourceRun: RUN }),
          putFile({ kind: 'model', model: MODEL }, 'w', digestOf(1)),
          putFile({ kind: 'model', model: gone }, 'w', digestOf(2)),
          logPoints(OF_MODEL, [['auc', 1, 0.5]]),
          { kind: 'finalise-model', model: MODEL, status: 'ready' },
          { kind: 'finalise-model', model: gone, status: 'ready' },
          { kind: 'delete-model', model: gone },
          { kind: 'delete-run', run: RUN },
        ]),
      );
      await writer.commit(commitOf([{ kind: 'purge-run', run: RUN }]));
      const model = await catalog.model(MODEL);
      expect(model?.sourceRun).toBeUndefined();
      expect(model?.metrics).toMatchObject([{ metric: 'auc', owner: OF_MODEL }]);
      expect((await series.read({ owner: OF_MODEL, metric: 'auc' })).steps).toHaveLength(1);
      expect([await catalog.isReferenced(digestOf(1)), await catalog.isReferenced(digestOf(2))]).toEqual([
        true,
        false,
      ]);
    });

    it('removes a project step by step: runs by number, then models, then itself', async ({
      writer,
      catalog,
      series,
    }) => {
      const runs = [3, 1, 2].map(runIdOf);
      const here = { project: PROJECT };
      await writer.commit(commitOf([createProject('p', 'a'), ...runs.map((id) => createRun(id, here))]));
      await writer.commit(
        commitOf([
          createModel(MODEL, { ...here, sourceRun: RUN }),
          logPoints(OF_MODEL, [['auc', 1, 0.5]]),
          logPoints(OWNER, [['loss', 1, 1]]),
          { kind: 'delete-project', project: PROJECT },
        ]),
      );
      const left: number[] = [];
      const step = async () => {
        await writer.commit(commitOf([{ kind: 'purge-project', project: PROJECT, limit: 2 }]));
        left.push((await catalog.runs([PROJECT], 'all')).length, (await catalog.models([PROJECT])).length);
      };
      await step();
      expect(await catalog.runByNumber(PROJECT, 3)).toMatchObject({ id: runIdOf(2) });
      await step();
      await step();
      expect(await catalog.project(PROJECT)).toBeDefined();
      await step();
      expect(left).toEqual([1, 1, 0, 1, 0, 0, 0, 0]);
      expect(await catalog.project(PROJECT)).toBeUndefined();
      expect((await series.read({ owner: OF_MODEL, metric: 'auc' })).steps).toHaveLength(0);
      await writer.commit(commitOf([createProject('p', 'b')]));
      expect(await catalog.project('b' as ProjectId)).toBeDefined();
    });

    it('goes on from a project that was restored half-way', async ({ writer, catalog }) => {
      await writer.commit(
        commitOf([
          createProject('p', 'a'),
          createRun(runIdOf(1), { project: PROJECT }),
          createRun(runIdOf(2), { project: PROJECT }),
          { kind: 'delete-project', project: PROJECT },
        ]),
      );
      const step = commitOf([{ kind: 'purge-project', project: PROJECT, limit: 1 }]);
      await writer.commit(step);
      await writer.commit(commitOf([{ kind: 'restore-project', project: PROJECT }]));
      await expect(writer.commit(step)).rejects.toMatchObject(WRONG_STATE);
      expect((await catalog.runs([PROJECT], 'active')).map(({ id }) => id)).toEqual([runIdOf(2)]);
    });

    it('condemns blobs that nothing names, until something does', async ({ writer, catalog }) => {
      await writer.commit(commitOf([createRun(RUN), putFile(OWNER, 'a', digestOf(1))]));
      const all = { after: '', limit: 9 };
      const condemn = (at: number) =>
        writer.commit(commitOf([{ kind: 'condemn-blobs', blobs: [1, 2, 3].map(digestOf) }], { at }));
      await condemn(AT);
      await condemn(AT + 5);
      expect(await catalog.condemned({ until: AT - 1, ...all })).toEqual([]);
      expect(await catalog.condemned({ until: AT, ...all })).toEqual([digestOf(2), digestOf(3)]);
      expect(await catalog.condemned({ until: AT, after: digestOf(2), limit: 1 })).toEqual([digestOf(3)]);
      await writer.commit(commitOf([putFile(OWNER, 'b', digestOf(2))]));
      expect(await catalog.condemned({ until: AT, ...all })).toEqual([digestOf(3)]);
      await writer.commit(commitOf([{ kind: 'forget-blobs', blobs: [digestOf(3)] }]));
      expect(await catalog.condemned({ until: Infinity, ...all })).toEqual([]);
    });

    it('forgets old idempotency keys, oldest first', async ({ writer, catalog }) => {
      const log = async (once: string, at: number) =>
        (await writer.commit(commitOf([], { once, at }))).isRepeat;
      for (const [once, at] of [
        ['b', AT],
        ['a', AT],
        ['new', AT + 10],
      ] as const) {
        await log(once, at);
      }
      const areThere = async () => [
        await catalog.hasReceipts({ before: AT }),
        await catalog.hasReceipts({ before: AT + 1 }),
      ];
      expect(await areThere()).toEqual([false, true]);
      await writer.commit(commitOf([{ kind: 'forget-receipts', before: AT + 10, limit: 1 }]));
      expect([await log('b', AT), await log('new', AT)]).toEqual([true, true]);
      expect(await log('a', AT)).toBe(false);
    });
  });
}
