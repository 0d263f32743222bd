import { describe, expect } from 'vitest';
import { CONTEXT_TAG } from '#core/domain/dataset.ts';
import { EVALUATES_TAG } from '#core/domain/evaluation.ts';
import { DEFAULT_WORKSPACE, workspaceId } from '#core/domain/ids.ts';
import type { ModelId, RunId } from '#core/domain/ids.ts';
import { lineageKey, type LineageNode } from '#core/domain/lineage.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import {
  AT,
  commitOf,
  createModel,
  createRun,
  createWorkspace,
  modelIdOf,
  runIdOf,
  setTags,
} from './sample-changes.ts';
import {
  datasetOf,
  useDatasets,
  createRegistered,
  deploymentIdOf,
  promote,
  registeredIdOf,
  registerVersion,
  startDeployment,
  versionOf,
} from './sample-registry.ts';
import { specify, type MakeStore } from './specify.ts';

const LATER = { at: AT + 1000 };
const RUN = runIdOf(1);
const MODEL = modelIdOf(1);
const TEAM = workspaceId('team');
const DIGITS = { workspace: DEFAULT_WORKSPACE, type: 'dataset', name: 'digits' } as const;

/** Specifies the edges between what came from what. */
export function lineageSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: lineage`, () => {
    it('leads from datasets and logged models to the run that uses them', async (store) => {
      const edge: Change = {
        kind: 'add-inputs',
        run: RUN,
        datasets: [
          { dataset: datasetOf('digits', 'd1'), tags: new Map([[CONTEXT_TAG, 'training']]) },
          { dataset: datasetOf('digits', 'd2'), tags: new Map([['a', 'b']]) },
        ],
        models: [{ model: MODEL, step: 3 }],
      };
      await store.writer.commit(commitOf([createRun(RUN), edge]));
      await store.writer.commit(commitOf([edge], LATER));
      const found = [
        `${dataset('d1')} → ${runKey(RUN)} training`,
        `${dataset('d2')} → ${runKey(RUN)} `,
        `${modelKey(MODEL)} → ${runKey(RUN)} input`,
      ];
      expect(await edgesOf(store, 'up', { kind: 'run', run: RUN })).toEqual(found);
      expect(await edgesOf(store, 'down', { kind: 'run', run: RUN })).toEqual([]);
      expect(await edgesOf(store, 'down', { kind: 'artifact', ...DIGITS, digest: 'd1' })).toEqual([found[0]]);
      expect(await edgesOf(store, 'down', { kind: 'logged-model', model: MODEL })).toEqual([found[2]]);
      const [first] = await store.registry.edges({
        nodes: [{ kind: 'artifact', ...DIGITS, digest: 'd1' }],
        way: 'down',
        limit: 9,
      });
      expect(first).toEqual({
        from: { kind: 'artifact', ...DIGITS, digest: 'd1' },
        to: { kind: 'run', run: RUN },
        role: 'training',
        at: AT,
      });
    });

    it('keeps uses of one dataset for different ends apart', async (store) => {
      const use = (context: string): Change => {
        const tags = new Map([[CONTEXT_TAG, context]]);
        const datasets = [{ dataset: datasetOf('digits', 'd1'), tags }];
        return { kind: 'add-inputs', run: RUN, datasets, models: [] };
      };
      await store.writer.commit(commitOf([createRun(RUN), use('training'), use('test'), use('training')]));
      expect(await edgesOf(store, 'up', { kind: 'run', run: RUN })).toEqual([
        `${dataset('d1')} → ${runKey(RUN)} test`,
        `${dataset('d1')} → ${runKey(RUN)} training`,
      ]);
    });

    it('leads from a run to the logged models that it made', async (store) => {
      const outputs: Change = { kind: 'add-outputs', run: RUN, models: [{ model: modelIdOf(2), step: 0 }] };
      await store.writer.commit(
        commitOf([
          createRun(RUN),
          createModel(MODEL, { sourceRun: RUN }),
          outputs,
          createModel(modelIdOf(3)),
        ]),
      );
      expect(await edgesOf(store, 'down', { kind: 'run', run: RUN })).toEqual([
        `${runKey(RUN)} → ${modelKey(MODEL)} output`,
        `${runKey(RUN)} → ${modelKey(modelIdOf(2))} output`,
      ]);
    });

    it('leads from run and logged model to a version, and on to where it runs', async (store) => {
      await store.writer.commit(
        commitOf([
          createRun(RUN),
          createModel(MODEL),
          createRegistered(),
          registerVersion({ run: RUN, loggedModel: MODEL }),
          startDeployment(1, 1),
        ]),
      );
      expect(await edgesOf(store, 'up', version(1))).toEqual([
        `${modelKey(MODEL)} → ${versionKey(1)} registered`,
        `${runKey(RUN)} → ${versionKey(1)} registered`,
      ]);
      const deployment = { kind: 'deployment', deployment: deploymentIdOf(1) } as const;
      const runs = `${versionKey(1)} → ${lineageKey(deployment)} deployed`;
      expect(await edgesOf(store, 'down', version(1))).toEqual([runs]);
      expect(await edgesOf(store, 'up', deployment)).toEqual([runs]);
    });

    it('leads from a version to each run that says by its tag that it evaluates it', async (store) => {
      const { writer } = store;
      await writer.commit(
        commitOf([createRun(RUN), createRegistered(), registerVersion(), registerVersion(), promote(1)]),
      );
      const says = (text: string) => writer.commit(commitOf([setTags(RUN, { [EVALUATES_TAG]: text })]));
      const evaluated = async () => edgesOf(store, 'up', { kind: 'run', run: RUN });
      await says('models:/churn@champion');
      const first = `${versionKey(1)} → ${runKey(RUN)} evaluates`;
      expect(await evaluated()).toEqual([first]);
      await writer.commit(commitOf([promote(2)]));
      expect(await evaluated()).toEqual([first]);
      await says('models:/churn/2');
      expect(await evaluated()).toEqual([first, `${versionKey(2)} → ${runKey(RUN)} evaluates`]);
      expect(await edgesOf(store, 'down', version(1))).toEqual([first]);
    });

    for (const text of ['models:/churn@latest', 'models:/churn/latest', 'models:/churn/Latest']) {
      it(`takes latest in ${text} for the greatest number that is there`, async (store) => {
        const changes = [createRun(RUN), createRegistered(), registerVersion(), registerVersion()];
        await store.writer.commit(commitOf([...changes, registerVersion()]));
        await store.writer.commit(
          commitOf([
            { kind: 'delete-version', version: versionOf(3), reason: '' },
            setTags(RUN, { [EVALUATES_TAG]: text }),
          ]),
        );
        expect(await edgesOf(store, 'up', { kind: 'run', run: RUN })).toEqual([
          `${versionKey(2)} → ${runKey(RUN)} evaluates`,
        ]);
      });
    }

    it('takes the last of equal tags, and a name with slashes and at-signs as it is', async (store) => {
      const tags = ['models:/churn/1', 'models:/a@b/c/1'].map((value) => ({ key: EVALUATES_TAG, value }));
      await store.writer.commit(
        commitOf([
          createRun(RUN),
          createRegistered(),
          registerVersion(),
          createRegistered(2, 'a@b/c'),
          registerVersion({}, { model: registeredIdOf(2) }),
          { kind: 'set-tags', run: RUN, tags },
        ]),
      );
      expect(await edgesOf(store, 'up', { kind: 'run', run: RUN })).toEqual([
        `${lineageKey({ kind: 'version', ...versionOf(1, registeredIdOf(2)) })} → ${runKey(RUN)} evaluates`,
      ]);
    });

    for (const [text, why] of [
      ['models:/churn/3', 'a version that is not there'],
      ['models:/churn/2', 'a version that is deleted'],
      ['models:/churn@none', 'an alias that is not there'],
      ['models:/leavers/1', 'a model that is not there'],
      ['models:/gone/1', 'a model that is deleted'],
      ['models:/theirs/1', 'a model of another workspace'],
      ['models:/churn/production', 'a stage'],
      ['churn/1', 'no URI of a model'],
      ['', 'nothing'],
    ] as const) {
      it(`keeps a tag that names ${why} as the tag that it is`, async (store) => {
        const { writer, catalog } = store;
        await writer.commit(
          commitOf([
            createRun(RUN),
            createRegistered(),
            registerVersion(),
            registerVersion(),
            { kind: 'delete-version', version: versionOf(2), reason: '' },
            createRegistered(2, 'gone'),
            registerVersion({}, { model: registeredIdOf(2) }),
            { kind: 'delete-registered-model', model: registeredIdOf(2), reason: '' },
            createWorkspace('team'),
            createRegistered(3, 'theirs', { workspace: TEAM }),
            registerVersion({}, { model: registeredIdOf(3) }),
            setTags(RUN, { [EVALUATES_TAG]: text }),
          ]),
        );
        expect(await edgesOf(store, 'up', { kind: 'run', run: RUN })).toEqual([]);
        expect((await catalog.run(RUN))?.tags.get(EVALUATES_TAG)).toBe(text);
      });
    }

    it('reads edges of many nodes, oldest first, at most so many of each', async ({ writer, registry }) => {
      const runs = [1, 2, 3].map(runIdOf);
      await writer.commit(commitOf(runs.map((run) => createRun(run))));
      for (const [i, run] of runs.toReversed().entries()) {
        await writer.commit(commitOf([uses(run, ['digits', 'd1'], ['iris', 'd1'])], { at: AT + i }));
      }
      const nodes = (['digits', 'iris', 'none'] as const).map((named): LineageNode => {
        return { kind: 'artifact', ...DIGITS, name: named, digest: 'd1' };
      });
      const edges = await registry.edges({ nodes, way: 'down', limit: 2 });
      const told = edges.map(({ from, to, at }) => [
        from.kind === 'artifact' && from.name,
        to.kind === 'run' && Number(to.run),
        at - AT,
      ]);
      expect(told.filter(([from]) => from === 'digits')).toEqual([
        ['digits', 3, 0],
        ['digits', 2, 1],
      ]);
      expect(told.filter(([from]) => from === 'iris')).toEqual([
        ['iris', 3, 0],
        ['iris', 2, 1],
      ]);
      expect(told).toHaveLength(4);
      const twice = [...nodes.slice(0, 1), ...nodes.slice(0, 1)];
      expect(await registry.edges({ nodes: twice, way: 'down', limit: 9 })).toHaveLength(3);
      expect(await registry.edges({ nodes: [], way: 'up', limit: 9 })).toEqual([]);
    });

    it('keeps edges of what is deleted', async (store) => {
      await store.writer.commit(
        commitOf([
          createRun(RUN),
          createRegistered(),
          registerVersion({ run: RUN }),
          { kind: 'delete-version', version: versionOf(1), reason: '' },
          { kind: 'delete-run', run: RUN },
        ]),
      );
      expect(await edgesOf(store, 'down', { kind: 'run', run: RUN })).toHaveLength(1);
      expect(await edgesOf(store, 'up', version(1))).toHaveLength(1);
    });
  });
}

function uses(run: RunId, ...pairs: ReadonlyArray<readonly [name: string, digest: string]>): Change {
  return useDatasets(
    run,
    pairs.map(([named, digest]) => datasetOf(named, digest)),
  );
}

function version(number: number): LineageNode {
  return { kind: 'version', ...versionOf(number) };
}

function versionKey(number: number): string {
  return lineageKey(version(number));
}

function runKey(run: RunId): string {
  return lineageKey({ kind: 'run', run });
}

function modelKey(model: ModelId): string {
  return lineageKey({ kind: 'logged-model', model });
}

function dataset(digest: string): string {
  return lineageKey({ kind: 'artifact', ...DIGITS, digest });
}

/** As texts, in an order of their own. */
async function edgesOf(
  { registry }: Store,
  way: 'up' | 'down',
  node: LineageNode,
): Promise<readonly string[]> {
  const edges = await registry.edges({ nodes: [node], way, limit: 99 });
  return edges.map(({ from, to, role }) => `${lineageKey(from)} → ${lineageKey(to)} ${role}`).toSorted();
}
