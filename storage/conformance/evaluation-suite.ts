import { describe, expect } from 'vitest';
import { DEFAULT_WORKSPACE, workspaceId } from '#core/domain/ids.ts';
import type { Evaluation } from '#core/domain/evaluation.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import { ACTOR, AT, commitOf, createRun, runIdOf } from './sample-changes.ts';
import {
  CHURN,
  createRegistered,
  deploymentIdOf,
  evaluate,
  notesOf,
  registeredIdOf,
  registerVersion,
  startDeployment,
  versionOf,
} from './sample-registry.ts';
import { specify, type MakeStore } from './specify.ts';

const LATER = { at: AT + 1000 };
const RUN = runIdOf(1);
const HOLDOUT = { name: 'holdout', digest: 'd1' };
const TWO_VERSIONS = [createRegistered(), registerVersion(), registerVersion()];

/** Specifies how versions did, and where they run. */
export function evaluationSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: evaluations`, () => {
    it('numbers measurements in the store and keeps all that was said', async (store) => {
      const { writer, registry, feed } = store;
      const said = {
        metric: 'val/auc',
        value: 0.1 + 0.2,
        dataset: HOLDOUT,
        environment: 'production',
        at: AT - 5,
        samples: 1000,
        run: RUN,
      };
      await writer.commit(commitOf([createRun(RUN), ...TWO_VERSIONS, evaluate(2, [{}])]));
      const { sequence } = await writer.commit(commitOf([evaluate(1, [said, { value: -0 }])], LATER));
      const all = await registry.evaluations({ version: versionOf(1), limit: 9 });
      const of = { version: versionOf(1), by: ACTOR };
      expect(all).toEqual([
        { ...of, number: 3, metric: 'auc', value: -0, environment: 'development', at: AT },
        { ...of, number: 2, ...said },
      ]);
      expect(feed.since(sequence - 1)).toMatchObject([{ registered: [CHURN] }]);
      expect(await registry.registeredModel(CHURN)).toMatchObject({ revision: 4, updatedAt: AT });
      expect((await notesOf(store)).at(-1)).toEqual({
        action: 'version.evaluated',
        version: 1,
        reason: '',
        details: {
          count: '2',
          'evaluation 1': 'val/auc 0.30000000000000004 in production on holdout@d1',
          'evaluation 2': 'auc 0 in development',
        },
      });
    });

    it('leaves routine figures out of the log, and counts them as a revision all the same', async (store) => {
      const { writer, registry, feed } = store;
      await writer.commit(commitOf(TWO_VERSIONS));
      const { sequence } = await writer.commit(commitOf([evaluate(1, [{}], true)], LATER));
      expect(await notesOf(store)).toHaveLength(3);
      expect(await registry.registeredModel(CHURN)).toMatchObject({ revision: 3 });
      expect(feed.since(sequence - 1)).toMatchObject([{ registered: [CHURN] }]);
      await writer.commit(commitOf([evaluate(1, []), evaluate(1, [], true)]));
      expect(await registry.registeredModel(CHURN)).toMatchObject({ revision: 3 });
      expect(await notesOf(store)).toHaveLength(3);
    });

    it('tells twenty of many in the log', async (store) => {
      const rows = Array.from({ length: 25 }, (_, i) => ({ value: i }));
      await store.writer.commit(commitOf([...TWO_VERSIONS, evaluate(1, rows)]));
      const { details = {} } = (await notesOf(store)).at(-1) ?? {};
      expect(Object.keys(details)).toHaveLength(21);
      expect(details).toMatchObject({ count: '25', 'evaluation 20': 'auc 19 in development' });
    });

    it('reads the newest first, of one metric, one environment, since some time', async ({
      writer,
      registry,
    }) => {
      await writer.commit(
        commitOf([
          ...TWO_VERSIONS,
          evaluate(1, [{ at: AT + 2 }, { at: AT + 9, metric: 'f1' }, { at: AT + 1 }, { at: AT + 2 }]),
          evaluate(1, [{ at: AT + 5, environment: 'production' }]),
          evaluate(2, [{ at: AT + 7 }]),
        ]),
      );
      const read = async (query: Partial<Parameters<typeof registry.evaluations>[0]>) =>
        numbers(await registry.evaluations({ version: versionOf(1), limit: 99, ...query }));
      expect(await read({})).toEqual([2, 5, 4, 1, 3]);
      expect(await read({ limit: 2 })).toEqual([2, 5]);
      expect(await read({ metric: 'auc' })).toEqual([5, 4, 1, 3]);
      expect(await read({ environment: 'development' })).toEqual([2, 4, 1, 3]);
      expect(await read({ since: AT + 2 })).toEqual([2, 5, 4, 1]);
      expect(await read({ since: AT + 2, metric: 'auc', environment: 'development', limit: 1 })).toEqual([4]);
      expect(await read({ version: versionOf(9) })).toEqual([]);
    });

    it('reads of several versions the newest per metric, environment and dataset', async ({
      writer,
      registry,
    }) => {
      await writer.commit(
        commitOf([
          ...TWO_VERSIONS,
          evaluate(1, [
            { at: AT + 2 },
            { at: AT + 1 },
            { dataset: HOLDOUT },
            { dataset: { name: 'holdout' } },
            { dataset: { name: 'holdout', digest: 'd2' } },
            { dataset: HOLDOUT },
          ]),
          evaluate(2, [{ environment: 'production' }, { metric: 'f1' }, { at: AT - 1 }]),
        ]),
      );
      const refs = [versionOf(2), versionOf(1), versionOf(1), versionOf(9)];
      const latest = numbers(await registry.latestEvaluations(refs)).toSorted((a, b) => a - b);
      expect(latest).toEqual([1, 4, 5, 6, 7, 8, 9]);
      expect(new Set(numbers(await registry.latestEvaluations([versionOf(2)])))).toEqual(new Set([7, 8, 9]));
      expect(await registry.latestEvaluations([])).toEqual([]);
    });

    it('hides those of a version that is deleted, and never numbers anew', async ({ writer, registry }) => {
      await writer.commit(
        commitOf([
          ...TWO_VERSIONS,
          evaluate(1, [{}]),
          { kind: 'delete-version', version: versionOf(1), reason: '' },
          evaluate(2, [{}]),
        ]),
      );
      expect(await registry.evaluations({ version: versionOf(1), limit: 9 })).toEqual([]);
      expect(numbers(await registry.latestEvaluations([versionOf(1), versionOf(2)]))).toEqual([2]);
    });

    it('keeps a value when the run that measured it is purged, without the run', async (store) => {
      const { writer, registry, feed } = store;
      const purge = ['delete-run', 'purge-run'] as const;
      await writer.commit(
        commitOf([
          createRun(RUN),
          ...TWO_VERSIONS,
          evaluate(1, [{ run: RUN }, { run: runIdOf(2) }, {}]),
          { kind: 'delete-run', run: RUN },
        ]),
      );
      const runs = async () =>
        (await registry.evaluations({ version: versionOf(1), limit: 9 })).map(({ run }) => run);
      expect(await runs()).toEqual([undefined, runIdOf(2), RUN]);
      const { sequence } = await writer.commit(
        commitOf(
          purge.map((kind): Change => ({ kind, run: RUN })),
          LATER,
        ),
      );
      expect(await runs()).toEqual([undefined, runIdOf(2), undefined]);
      expect(feed.since(sequence - 1)).toMatchObject([{ registered: [CHURN] }]);
    });
  });

  describe(`${name}: deployments`, () => {
    it('starts one', async (store) => {
      const { writer, registry, feed } = store;
      await writer.commit(commitOf(TWO_VERSIONS));
      const url = 'https://host/score';
      const { sequence } = await writer.commit(
        commitOf([startDeployment(1, 2, { url, startedAt: AT - 9, reason: 'go' })], LATER),
      );
      const deployment = {
        id: deploymentIdOf(1),
        version: versionOf(2),
        environment: 'eu-prod',
        startedAt: AT - 9,
        by: ACTOR,
        url,
      };
      expect(await registry.deployment(deploymentIdOf(1))).toEqual(deployment);
      expect(await registry.deployment(deploymentIdOf(2))).toBeUndefined();
      expect(await registry.deployments(CHURN)).toEqual([deployment]);
      expect(await registry.runningDeployments(DEFAULT_WORKSPACE)).toEqual([deployment]);
      expect(await registry.runningDeployments(workspaceId('team'))).toEqual([]);
      expect(await registry.registeredModel(CHURN)).toMatchObject({ revision: 2, updatedAt: AT });
      expect(feed.since(sequence - 1)).toMatchObject([{ registered: [CHURN] }]);
      expect((await notesOf(store)).at(-1)).toEqual({
        action: 'deployment.started',
        version: 2,
        reason: 'go',
        details: { deployment: deploymentIdOf(1), environment: 'eu-prod', url },
      });
      await expect(writer.commit(commitOf([startDeployment(1, 1)]))).rejects.toMatchObject({
        code: 'conflict',
        details: { subject: 'deployment', reason: 'exists' },
      });
    });

    it('ends what the model ran in that environment, and nothing else', async (store) => {
      const { writer, registry } = store;
      await writer.commit(
        commitOf([
          ...TWO_VERSIONS,
          createRegistered(2, 'b'),
          registerVersion({}, { model: registeredIdOf(2) }),
          startDeployment(1, 1),
          startDeployment(2, 1, { isBeside: true, startedAt: AT + 8 }),
          startDeployment(3, 1, { environment: 'edge' }),
          startDeployment(4, 1, { version: versionOf(1, registeredIdOf(2)) }),
          startDeployment(5, 2, { startedAt: AT + 5 }),
        ]),
      );
      const endedAt = async (n: number) => (await registry.deployment(deploymentIdOf(n)))?.endedAt;
      expect(await Promise.all([1, 2, 3, 4, 5].map(endedAt))).toEqual([
        AT + 5,
        AT + 8,
        undefined,
        undefined,
        undefined,
      ]);
      expect((await notesOf(store)).at(-1)?.details).toMatchObject({
        ended: `${deploymentIdOf(1)}, ${deploymentIdOf(2)}`,
      });
      const ids = (all: ReadonlyArray<{ readonly id: string }>) => all.map(({ id }) => Number(id.slice(2)));
      expect(ids(await registry.deployments(CHURN)).slice(2)).toEqual([5, 2]);
      expect(ids(await registry.runningDeployments(DEFAULT_WORKSPACE)).slice(2)).toEqual([5]);
    });

    it('ends one, once', async (store) => {
      const { writer, registry } = store;
      const end = (id: number, endedAt: number): Change => ({
        kind: 'end-deployment',
        deployment: deploymentIdOf(id),
        endedAt,
        reason: 'off',
      });
      await writer.commit(commitOf([...TWO_VERSIONS, startDeployment(1, 2)]));
      await writer.commit(commitOf([end(1, AT + 3), end(1, AT + 4)]));
      expect(await registry.deployment(deploymentIdOf(1))).toMatchObject({ endedAt: AT + 3 });
      expect((await notesOf(store)).slice(4)).toEqual([
        {
          action: 'deployment.ended',
          version: 2,
          reason: 'off',
          details: { deployment: deploymentIdOf(1), environment: 'eu-prod' },
        },
      ]);
      await expect(writer.commit(commitOf([end(2, AT)]))).rejects.toMatchObject({
        code: 'not_found',
        details: { subject: 'deployment', reason: 'missing' },
      });
    });
  });
}

function numbers(evaluations: readonly Evaluation[]): readonly number[] {
  return evaluations.map(({ number }) => number);
}
