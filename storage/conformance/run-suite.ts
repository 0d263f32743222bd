import { describe, expect } from 'vitest';
import { DEFAULT_PROJECT } from '#core/domain/ids.ts';
import type { ProjectId } from '#core/domain/ids.ts';
import type { Point } from '#core/domain/point.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import {
  ACTOR,
  AT,
  commitOf,
  createProject,
  createRun,
  logPoints,
  modelIdOf,
  runIdOf,
  setParams,
  setTags,
} from './sample-changes.ts';
import { specify, type MakeStore } from './specify.ts';

const RUN = runIdOf(1);
const OTHER = runIdOf(2);
const NOBODY = runIdOf(99);
const OWNER = { kind: 'run', run: RUN } as const;

/** Specifies `RunReader` and the run changes. */
export function runSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: runs`, () => {
    it('creates a run with what its creator said and what the store decides', async ({ writer, catalog }) => {
      const { sequence } = await writer.commit(commitOf([createRun(RUN)]));
      expect(await catalog.run(RUN)).toEqual({
        id: RUN,
        project: DEFAULT_PROJECT,
        number: 1,
        name: 'calm-otter-482',
        status: 'running',
        userId: 'ada',
        startedAt: AT,
        changedAt: AT,
        createdBy: ACTOR,
        wire: 'native',
        artifactUri: `mlflow-artifacts:/0/${RUN}/artifacts`,
        source: {},
        params: new Map(),
        tags: new Map([['mlflow.runName', 'calm-otter-482']]),
        metrics: new Map(),
        datasets: [],
        modelInputs: [],
        modelOutputs: [],
        sequence,
      });
      expect(await catalog.run(NOBODY)).toBeUndefined();
    });

    it('numbers runs per project and never reuses a number', async ({ writer, catalog }) => {
      const a = 'a' as ProjectId;
      await writer.commit(
        commitOf([createProject('a', a), createRun(RUN), createRun(OTHER, { project: a })]),
      );
      await writer.commit(commitOf([{ kind: 'delete-run', run: RUN }]));
      await writer.commit(commitOf([createRun(runIdOf(3))]));
      expect(await catalog.runByNumber(DEFAULT_PROJECT, 2)).toMatchObject({ id: runIdOf(3) });
      expect(await catalog.runByNumber(DEFAULT_PROJECT, 1)).toMatchObject({ id: RUN, deletedAt: AT });
      expect(await catalog.runByNumber(a, 1)).toMatchObject({ id: OTHER });
      expect(await catalog.runByNumber(a, 2)).toBeUndefined();
    });

    it('refuses a run without a project or with a taken id', async ({ writer }) => {
      await expect(
        writer.commit(commitOf([createRun(RUN, { project: 'none' as ProjectId })])),
      ).rejects.toMatchObject({ code: 'not_found', details: { subject: 'project' } });
      await writer.commit(commitOf([createRun(RUN)]));
      await expect(writer.commit(commitOf([createRun(RUN)]))).rejects.toMatchObject({
        code: 'conflict',
        details: { reason: 'exists' },
      });
    });

    it('updates what is present and clears the end time on request', async ({ writer, catalog }) => {
      await writer.commit(commitOf([createRun(RUN)]));
      await writer.commit(
        commitOf([{ kind: 'update-run', run: RUN, status: 'finished', endedAt: AT + 7 }], { at: AT + 8 }),
      );
      expect(await catalog.run(RUN)).toMatchObject({
        status: 'finished',
        endedAt: AT + 7,
        changedAt: AT + 8,
        name: 'calm-otter-482',
      });
      await writer.commit(commitOf([{ kind: 'update-run', run: RUN, status: 'running', endedAt: null }]));
      const again = await catalog.run(RUN);
      expect(again?.status).toBe('running');
      expect(again && 'endedAt' in again).toBe(false);
    });

    it('holds the name and its tag together', async ({ writer, catalog }) => {
      await writer.commit(commitOf([createRun(RUN)]));
      await writer.commit(commitOf([{ kind: 'update-run', run: RUN, name: 'ünïcode 🎉' }]));
      expect((await catalog.run(RUN))?.tags.get('mlflow.runName')).toBe('ünïcode 🎉');
      await writer.commit(commitOf([setTags(RUN, { 'mlflow.runName': 'by tag' })]));
      expect((await catalog.run(RUN))?.name).toBe('by tag');
      await writer.commit(commitOf([{ kind: 'delete-tag', run: RUN, key: 'mlflow.runName' }]));
      expect((await catalog.run(RUN))?.name).toBe('by tag');
    });

    it('reads parent and source from tags', async ({ writer, catalog }) => {
      await writer.commit(commitOf([createRun(RUN), createRun(OTHER)]));
      await writer.commit(
        commitOf([
          setTags(OTHER, {
            'mlflow.parentRunId': RUN,
            'mlflow.source.name': 'train.py',
            'mlflow.source.git.commit': 'abc',
          }),
        ]),
      );
      const child = await catalog.run(OTHER);
      expect(child?.parent).toBe(RUN);
      expect(child?.source).toEqual({ name: 'train.py', gitCommit: 'abc' });
      await writer.commit(commitOf([setTags(OTHER, { 'mlflow.parentRunId': 'not a run' })]));
      const orphan = await catalog.run(OTHER);
      expect(orphan && 'parent' in orphan).toBe(false);
    });

    it('writes params once, or over', async ({ writer, catalog }) => {
      await writer.commit(commitOf([createRun(RUN), setParams(RUN, [['lr', '0.1']])]));
      await writer.commit(commitOf([setParams(RUN, [['lr', '0.1']])]));
      const changed = { code: 'invalid', details: { reason: 'exists' } };
      await expect(writer.commit(commitOf([setParams(RUN, [['lr', '0.2']])]))).rejects.toMatchObject(changed);
      const twice = setParams(RUN, [
        ['new', '1'],
        ['new', '2'],
      ]);
      await expect(writer.commit(commitOf([twice]))).rejects.toMatchObject(changed);
      expect([...((await catalog.run(RUN))?.params.keys() ?? [])]).toEqual(['lr']);
      await writer.commit(
        commitOf([
          setParams(
            RUN,
            [
              ['lr', '1'],
              ['lr', '2'],
            ],
            'overwrite',
          ),
        ]),
      );
      expect((await catalog.run(RUN))?.params.get('lr')).toEqual({ text: '2', type: 'string' });
    });

    it('keeps typed params, long values and hostile keys as they came', async ({ writer, catalog }) => {
      const long = 'ß'.repeat(32_768);
      const value = { text: '1e-3', type: 'number' } as const;
      await writer.commit(
        commitOf([
          createRun(RUN),
          { kind: 'set-params', run: RUN, policy: 'once', params: [{ key: '__proto__', value }] },
          setParams(RUN, [
            ['constructor', ''],
            ['long', long],
            ['学习率/α', '🎉'],
          ]),
          { kind: 'set-tags', run: RUN, tags: [{ key: '__proto__', value: long }] },
          setTags(RUN, { constructor: 'x' }),
        ]),
      );
      const run = await catalog.run(RUN);
      expect(run?.params.get('__proto__')).toEqual(value);
      expect(run?.params.get('constructor')?.text).toBe('');
      expect(run?.params.get('long')?.text).toBe(long);
      expect(run?.params.get('学习率/α')?.text).toBe('🎉');
      expect(run?.tags.get('__proto__')).toBe(long);
      expect(run?.tags.get('constructor')).toBe('x');
    });

    it('upserts tags, the last of equal keys wins, and deletes them', async ({ writer, catalog }) => {
      const tags = [
        { key: 'a', value: '1' },
        { key: 'a', value: '2' },
      ];
      await writer.commit(commitOf([createRun(RUN), { kind: 'set-tags', run: RUN, tags }]));
      expect((await catalog.run(RUN))?.tags.get('a')).toBe('2');
      await writer.commit(commitOf([{ kind: 'delete-tag', run: RUN, key: 'a' }]));
      expect((await catalog.run(RUN))?.tags.has('a')).toBe(false);
      await expect(
        writer.commit(commitOf([{ kind: 'delete-tag', run: RUN, key: 'a' }])),
      ).rejects.toMatchObject({ code: 'not_found', details: { subject: 'tag' } });
    });

    it('keeps the first tags of an input and the first step of an edge', async ({ writer, catalog }) => {
      const dataset = { name: 'digits', digest: 'd1', sourceType: 'local', source: 'a.csv' };
      const input = (source: string, context: string) => ({
        dataset: { ...dataset, source },
        tags: new Map([['mlflow.data.context', context]]),
      });
      const add = (run: typeof RUN, source: string, context: string, step: number): Change[] => [
        {
          kind: 'add-inputs',
          run,
          datasets: [input(source, context)],
          models: [{ model: modelIdOf(1), step }],
        },
        { kind: 'add-outputs', run, models: [{ model: modelIdOf(2), step }] },
      ];
      await writer.commit(commitOf([createRun(RUN), createRun(OTHER), ...add(RUN, 'a.csv', 'training', 1)]));
      await writer.commit(commitOf([...add(RUN, 'b.csv', 'eval', 2), ...add(OTHER, 'b.csv', 'eval', 3)]));
      const [run, other] = [await catalog.run(RUN), await catalog.run(OTHER)];
      expect(run?.datasets).toEqual([{ dataset, tags: new Map([['mlflow.data.context', 'training']]) }]);
      expect(run?.modelInputs).toEqual([{ model: modelIdOf(1), step: 1 }]);
      expect(run?.modelOutputs).toEqual([{ model: modelIdOf(2), step: 1 }]);
      expect(other?.datasets).toEqual([{ dataset, tags: new Map([['mlflow.data.context', 'eval']]) }]);
    });

    it('refuses every write to a run that is not there or deleted, and restores it', async ({
      writer,
      catalog,
    }) => {
      const writes = (run: typeof RUN): Change[] => [
        { kind: 'update-run', run, name: 'x' },
        setParams(run, [['a', 'b']]),
        setTags(run, { a: 'b' }),
        { kind: 'delete-tag', run, key: 'mlflow.runName' },
        { kind: 'add-inputs', run, datasets: [], models: [] },
        { kind: 'add-outputs', run, models: [] },
        logPoints({ kind: 'run', run }, [['loss', 0, 1]]),
      ];
      await writer.commit(commitOf([createRun(RUN)]));
      const created = await catalog.run(RUN);
      await writer.commit(commitOf([{ kind: 'delete-run', run: RUN }]));
      for (const change of writes(RUN)) {
        await expect(writer.commit(commitOf([change]))).rejects.toMatchObject({
          code: 'invalid',
          details: { reason: 'wrong-state', subject: 'run' },
        });
      }
      const restore: Change = { kind: 'restore-run', run: RUN };
      const remove: Change = { kind: 'delete-run', run: RUN };
      await writer.commit(commitOf([remove, restore, restore]));
      expect(await catalog.run(RUN)).toEqual({ ...created, sequence: expect.any(Number) });
      const onNobody: Change[] = [
        ...writes(NOBODY),
        { kind: 'delete-run', run: NOBODY },
        { kind: 'restore-run', run: NOBODY },
      ];
      for (const change of onNobody) {
        await expect(writer.commit(commitOf([change]))).rejects.toMatchObject({
          code: 'not_found',
          details: { subject: 'run' },
        });
      }
    });

    it('keeps the first time of deletion', async ({ writer, catalog }) => {
      await writer.commit(commitOf([createRun(RUN), { kind: 'delete-run', run: RUN }]));
      await writer.commit(commitOf([{ kind: 'delete-run', run: RUN }], { at: AT + 5 }));
      expect((await catalog.run(RUN))?.deletedAt).toBe(AT);
    });

    it('lists runs by project and lifecycle, running ones, and the last started', async ({
      writer,
      catalog,
    }) => {
      const a = 'a' as ProjectId;
      await writer.commit(
        commitOf([
          createProject('a', a),
          createRun(runIdOf(1), { startedAt: 30 }),
          createRun(runIdOf(2), { startedAt: 10, status: 'scheduled' }),
          createRun(runIdOf(3), { startedAt: 20, status: 'failed', project: a }),
          createRun(runIdOf(4), { startedAt: 40 }),
          { kind: 'delete-run', run: runIdOf(4) },
        ]),
      );
      expect(sortedNumbersOf(await catalog.runs([DEFAULT_PROJECT, a], 'active'))).toEqual([1, 2, 3]);
      expect(sortedNumbersOf(await catalog.runs([DEFAULT_PROJECT], 'deleted'))).toEqual([4]);
      expect(sortedNumbersOf(await catalog.runs([DEFAULT_PROJECT], 'all'))).toEqual([1, 2, 4]);
      expect(await catalog.runs([], 'all')).toEqual([]);
      expect(sortedNumbersOf(await catalog.activeRuns())).toEqual([1, 2]);
      expect(numbersOf(await catalog.recentRuns(2))).toEqual([1, 3]);
    });

    it('carries metrics and grows its sequence with each commit that touched it', async ({
      writer,
      catalog,
    }) => {
      await writer.commit(commitOf([createRun(RUN), createRun(OTHER)]));
      const point = logPoints(OWNER, [
        ['loss', 1, 0.5],
        ['loss', 2, 0.7],
      ]);
      const { sequence } = await writer.commit(commitOf([point], { at: AT + 3 }));
      await writer.commit(commitOf([setTags(OTHER, { a: 'b' })]));
      const run = await catalog.run(RUN);
      expect(run).toMatchObject({ sequence, changedAt: AT + 3 });
      expect(run?.metrics).toEqual(
        new Map([['loss', { last: pointAt(2, 0.7), min: pointAt(1, 0.5), max: pointAt(2, 0.7) }]]),
      );
      const [listed] = (await catalog.runs([DEFAULT_PROJECT], 'all')).filter(({ id }) => id === RUN);
      expect(listed).toEqual(run);
    });

    it('keeps the objective in force when a run ends: declared, else inferred and labelled so', async ({
      writer,
      catalog,
    }) => {
      const finish: Change = { kind: 'update-run', run: RUN, status: 'finished' };
      await writer.commit(commitOf([createRun(RUN), createRun(OTHER), createRun(runIdOf(3))]));
      await writer.commit(commitOf([logPoints(OWNER, [['val_loss', 1, 0.5]]), finish]));
      expect((await catalog.run(RUN))?.objective).toMatchObject({ metric: 'val_loss', origin: 'inferred' });
      const tags = [{ key: 'cairn.objective', value: 'max f1' }];
      await writer.commit(commitOf([{ kind: 'set-project-tags', project: DEFAULT_PROJECT, tags }]));
      await writer.commit(commitOf([{ kind: 'update-run', run: OTHER, status: 'killed' }]));
      expect((await catalog.run(OTHER))?.objective).toMatchObject({ metric: 'f1', origin: 'declared' });
      expect((await catalog.run(RUN))?.objective?.metric).toBe('val_loss');
      expect((await catalog.run(runIdOf(3)))?.objective).toBeUndefined();
    });
  });
}

function numbersOf(runs: readonly { id: string }[]): number[] {
  return runs.map((run) => Number.parseInt(run.id, 16));
}

function sortedNumbersOf(runs: readonly { id: string }[]): number[] {
  return numbersOf(runs).toSorted((a, b) => a - b);
}

function pointAt(step: number, value: number): Point {
  return { step, time: (AT + step) * 1000, value };
}
