import { describe, expect } from 'vitest';
import { ARTIFACT_NAME_LIMIT } from '#core/domain/artifact.ts';
import { DEFAULT_WORKSPACE, projectId, workspaceId } from '#core/domain/ids.ts';
import type { ModelId, ProjectId, RunId } from '#core/domain/ids.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import {
  ACTOR,
  AT,
  commitOf,
  createModel,
  createProject,
  createRun,
  createWorkspace,
  digestOf,
  modelIdOf,
  putFile,
  runIdOf,
} from './sample-changes.ts';
import {
  datasetOf,
  sealedDigest,
  useDatasets,
  createRegistered,
  registerVersion,
} from './sample-registry.ts';
import { specify, type MakeStore } from './specify.ts';

const LATER = { at: AT + 1000 };
const BOB = { kind: 'user', id: 'bob' } as const;
const RUN = runIdOf(1);
const OTHER_RUN = runIdOf(2);
const MODEL = modelIdOf(1);
const TEAM = workspaceId('team');
const OF_TEAM = 'a' as ProjectId;
const TEAM_PROJECT: Change = { ...(createProject('p', OF_TEAM) as object), workspace: TEAM } as Change;
const DIGITS = { workspace: DEFAULT_WORKSPACE, type: 'dataset', name: 'digits' } as const;
const EMPTY_MANIFEST = sealedDigest([]);

/** Specifies versions of artifacts and what is said of datasets. */
export function artifactSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: artifact versions`, () => {
    it('numbers the digests of a dataset in the order in which they were first seen', async (store) => {
      const { writer, registry } = store;
      await writer.commit(commitOf([createRun(RUN), createRun(OTHER_RUN), uses(RUN, ['digits', 'd2'])]));
      const both = uses(OTHER_RUN, ['digits', 'd1'], ['digits', 'd2'], ['iris', 'd1']);
      await writer.commit(commitOf([both], { ...LATER, actor: BOB }));
      const first = { ...DIGITS, number: 1, digest: 'd2', createdAt: AT, createdBy: ACTOR };
      const second = { ...DIGITS, number: 2, digest: 'd1', createdAt: LATER.at, createdBy: BOB };
      expect(await registry.artifactVersions(DIGITS)).toEqual([first, second]);
      expect(await registry.artifactVersion({ ...DIGITS, number: 2 })).toEqual(second);
      expect(await registry.artifactVersion({ ...DIGITS, digest: 'd2' })).toEqual(first);
      expect(await registry.artifactVersion({ ...DIGITS, number: 3 })).toBeUndefined();
      expect(await registry.artifactVersion({ ...DIGITS, digest: 'd3' })).toBeUndefined();
      expect(await registry.artifactVersion({ ...DIGITS, type: 'model', number: 1 })).toBeUndefined();
      const iris = { ...second, name: 'iris', number: 1 };
      expect(await registry.artifacts(DIGITS)).toEqual([second, iris]);
    });

    it('keeps workspaces apart', async ({ writer, registry }) => {
      await writer.commit(
        commitOf([
          createWorkspace('team'),
          TEAM_PROJECT,
          createRun(RUN),
          createRun(OTHER_RUN, { project: OF_TEAM }),
          uses(RUN, ['digits', 'd1']),
          uses(OTHER_RUN, ['digits', 'd2']),
        ]),
      );
      expect(await registry.artifactVersions(DIGITS)).toMatchObject([{ number: 1, digest: 'd1' }]);
      const ofTeam = { ...DIGITS, workspace: TEAM };
      expect(await registry.artifactVersions(ofTeam)).toMatchObject([{ number: 1, digest: 'd2' }]);
      expect(await registry.artifacts(ofTeam)).toMatchObject([{ workspace: TEAM, digest: 'd2' }]);
    });

    it('gives what was first said of a dataset in a project, and of a workspace in the first of them', async (store) => {
      const { catalog, writer, registry } = store;
      const said = { ...datasetOf('digits', 'd1'), schema: '{"a":1}', profile: '{}' };
      const later = { ...said, source: 'elsewhere' };
      const another = createProject('another', '77');
      const ofAnother = createRun(runIdOf(77), { project: projectId('77') });
      await writer.commit(
        commitOf([
          createWorkspace('team'),
          TEAM_PROJECT,
          another,
          createRun(RUN),
          createRun(OTHER_RUN),
          ofAnother,
        ]),
      );
      const ofTeam = createRun(runIdOf(78), { project: OF_TEAM });
      await writer.commit(commitOf([ofTeam, useDatasets(RUN, [said])]));
      const next = { at: AT + 1 };
      await writer.commit(commitOf([useDatasets(OTHER_RUN, [later])], next));
      await writer.commit(commitOf([useDatasets(runIdOf(77), [later])], next));
      await writer.commit(commitOf([useDatasets(runIdOf(78), [later])], next));
      const sources = async () =>
        Promise.all(
          [RUN, OTHER_RUN, runIdOf(77), runIdOf(78)].map(
            async (run) => (await catalog.run(run))?.datasets[0]?.dataset.source,
          ),
        );
      expect(await sources()).toEqual([said.source, said.source, 'elsewhere', 'elsewhere']);
      const { workspace } = DIGITS;
      expect(await registry.datasetDescription({ workspace, name: 'digits', digest: 'd1' })).toEqual(said);
      expect(await registry.datasetDescription({ workspace, name: 'digits', digest: 'd2' })).toBeUndefined();
      expect(await registry.datasetDescription({ workspace: TEAM, name: 'digits', digest: 'd1' })).toEqual(
        later,
      );
    });

    it('forgets with a project what was said of datasets there', async ({ catalog, writer, registry }) => {
      const project = projectId('77');
      const said = datasetOf('digits', 'd1');
      const of = (run: RunId) => [createRun(run, { project }), useDatasets(run, [said])];
      await writer.commit(commitOf([createProject('another', '77'), ...of(RUN)]));
      expect(await registry.datasetDescription({ ...DIGITS, digest: 'd1' })).toEqual(said);
      await writer.commit(commitOf([{ kind: 'delete-project', project }]));
      for (let step = 0; step < 2; step += 1) {
        await writer.commit(commitOf([{ kind: 'purge-project', project, limit: 10 }]));
      }
      expect(await catalog.project(project)).toBeUndefined();
      expect(await registry.datasetDescription({ ...DIGITS, digest: 'd1' })).toBeUndefined();
    });

    it('knows what a logged model and a model version were sealed as, by their names', async (store) => {
      const { writer, registry } = store;
      const tree = { owner: { kind: 'model', model: MODEL }, folder: '' } as const;
      await writer.commit(
        commitOf([
          createModel(MODEL),
          ready(MODEL),
          putFile(tree.owner, 'MLmodel', digestOf(1), 5),
          createRegistered(),
          registerVersion({ loggedModel: MODEL }, { tree }),
          registerVersion({ loggedModel: MODEL }, { tree }),
          registerVersion(),
        ]),
      );
      const manifest = sealedDigest([{ digest: digestOf(1), path: 'MLmodel', sizeBytes: 5 }]);
      const made = { workspace: DEFAULT_WORKSPACE, type: 'model', createdAt: AT, createdBy: ACTOR };
      const logged = { ...made, name: 'digits', number: 1, digest: EMPTY_MANIFEST, manifest: EMPTY_MANIFEST };
      const churn = { ...made, name: 'churn', number: 1, digest: manifest, manifest };
      expect(await registry.artifacts(made)).toEqual([churn, logged]);
      await writer.commit(commitOf([ready(MODEL)]));
      expect(await registry.artifactVersions({ ...made, name: 'digits' })).toEqual([
        logged,
        { ...churn, name: 'digits', number: 2 },
      ]);
      expect(await registry.artifactVersions({ ...made, name: 'churn' })).toHaveLength(1);
    });

    it('makes no artifact of a logged model whose name is too long for one', async ({ writer, registry }) => {
      const long = 'ü'.repeat(ARTIFACT_NAME_LIMIT);
      await writer.commit(
        commitOf([
          createModel(MODEL, { name: `${long}x` }),
          createModel(modelIdOf(2), { name: long }),
          ready(MODEL),
          ready(modelIdOf(2)),
        ]),
      );
      const made = await registry.artifacts({ workspace: DEFAULT_WORKSPACE, type: 'model' });
      expect(made.map((artifact) => artifact.name)).toEqual([long]);
    });
  });
}

function uses(run: RunId, ...pairs: ReadonlyArray<readonly [name: string, digest: string]>): Change {
  return useDatasets(
    run,
    pairs.map(([named, digest]) => datasetOf(named, digest)),
  );
}

function ready(model: ModelId): Change {
  return { kind: 'finalise-model', model, status: 'ready' };
}
