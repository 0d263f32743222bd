import { describe, expect } from 'vitest';
import { EVALUATES_TAG } from '#core/domain/evaluation.ts';
import { DEFAULT_WORKSPACE } from '#core/domain/ids.ts';
import type { ModelId, ProjectId, RunId } from '#core/domain/ids.ts';
import { lineageKey, type LineageNode } from '#core/domain/lineage.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import {
  AT,
  commitOf,
  createModel,
  createProject,
  createRun,
  digestOf,
  modelIdOf,
  putFile,
  runIdOf,
  setTags,
} from './sample-changes.ts';
import {
  CHURN,
  datasetOf,
  sealedDigest,
  useDatasets,
  createRegistered,
  notesOf,
  registerVersion,
  versionOf,
} from './sample-registry.ts';
import { specify, type MakeStore } from './specify.ts';

const LATER = { at: AT + 1000 };
const RUN = runIdOf(1);
const OTHER_RUN = runIdOf(2);
const MODEL = modelIdOf(1);
const OF_TEAM = 'a' as ProjectId;
const DIGITS = { workspace: DEFAULT_WORKSPACE, type: 'dataset', name: 'digits' } as const;
const EMPTY_MANIFEST = sealedDigest([]);

/** Specifies what a purge leaves of versions and lineage. */
export function registryPurgeSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: what a purge leaves of the registry`, () => {
    it('keeps versions of a deleted run as they are, and of a purged one without the run', async (store) => {
      const { writer, registry, feed } = store;
      await writer.commit(
        commitOf([
          createRun(RUN),
          createRegistered(),
          registerVersion({ run: RUN }),
          registerVersion({ run: RUN }),
          { kind: 'delete-version', version: versionOf(2), reason: '' },
          { kind: 'delete-run', run: RUN },
        ]),
      );
      const log = await notesOf(store);
      const before = await registry.modelVersion(versionOf(1));
      expect(before).toMatchObject({ run: RUN });
      const { sequence } = await writer.commit(commitOf([{ kind: 'purge-run', run: RUN }], LATER));
      const { run: _, ...rest } = before ?? {};
      expect(await registry.modelVersion(versionOf(1))).toEqual({ ...rest, updatedAt: LATER.at });
      expect(await registry.findVersions({ workspace: DEFAULT_WORKSPACE, runs: [RUN] })).toEqual([]);
      expect(await notesOf(store)).toEqual(log);
      expect(feed.since(sequence - 1)).toMatchObject([{ registered: [CHURN] }]);
      await writer.commit(commitOf([createRun(RUN)]));
      expect(await registry.modelVersion(versionOf(1))).not.toHaveProperty('run');
    });

    it('drops the edges of a purged run, both ways, and no others', async (store) => {
      const { writer } = store;
      await writer.commit(
        commitOf([
          createRun(RUN),
          createRun(OTHER_RUN),
          createModel(MODEL, { sourceRun: RUN }),
          uses(RUN, ['digits', 'd1']),
          uses(OTHER_RUN, ['digits', 'd1']),
          createRegistered(),
          registerVersion({ run: RUN, loggedModel: MODEL }),
          setTags(RUN, { [EVALUATES_TAG]: 'models:/churn/1' }),
          { kind: 'delete-run', run: RUN },
          { kind: 'purge-run', run: RUN },
          createRun(RUN),
        ]),
      );
      for (const way of ['up', 'down'] as const) {
        expect(await edgesOf(store, way, { kind: 'run', run: RUN })).toEqual([]);
      }
      expect(await edgesOf(store, 'down', { kind: 'artifact', ...DIGITS, digest: 'd1' })).toHaveLength(1);
      expect(await edgesOf(store, 'up', version(1))).toEqual([
        `${modelKey(MODEL)} → ${versionKey(1)} registered`,
      ]);
      expect(await edgesOf(store, 'down', version(1))).toEqual([]);
      expect(await store.registry.artifactVersions(DIGITS)).toHaveLength(1);
    });

    it('keeps what a version was sealed of when its run or logged model is purged, even of a deleted version', async (store) => {
      const { writer, registry, catalog } = store;
      const owner = { kind: 'model', model: MODEL } as const;
      await writer.commit(
        commitOf([
          createProject('p', OF_TEAM),
          createModel(MODEL, { project: OF_TEAM }),
          putFile(owner, 'MLmodel', digestOf(1), 5),
          ready(MODEL),
          createModel(modelIdOf(2), { project: OF_TEAM }),
          ready(modelIdOf(2)),
          createRegistered(),
          registerVersion({ loggedModel: MODEL }, { tree: { owner, folder: '' } }),
          { kind: 'delete-version', version: versionOf(1), reason: '' },
          { kind: 'delete-project', project: OF_TEAM },
          { kind: 'purge-project', project: OF_TEAM, limit: 9 },
          { kind: 'purge-project', project: OF_TEAM, limit: 9 },
        ]),
      );
      const manifest = sealedDigest([{ digest: digestOf(1), path: 'MLmodel', sizeBytes: 5 }]);
      expect(await catalog.manifest(manifest)).toMatchObject({ entries: [{ path: 'MLmodel' }] });
      expect(await catalog.isReferenced(digestOf(1))).toBe(true);
      expect(await registry.manifestSize(manifest)).toEqual({ files: 1, bytes: 5 });
      await writer.commit(commitOf([{ kind: 'condemn-blobs', blobs: [digestOf(1)] }]));
      expect(await catalog.condemned({ until: Infinity, after: '', limit: 9 })).toEqual([]);
      expect(await catalog.manifest(EMPTY_MANIFEST)).toBeUndefined();
      const artifact = { workspace: DEFAULT_WORKSPACE, type: 'model', name: 'digits' } as const;
      const [sealed, empty] = await registry.artifactVersions(artifact);
      expect(sealed).toMatchObject({ digest: manifest, manifest });
      expect(empty).toMatchObject({ digest: EMPTY_MANIFEST });
      expect(empty).not.toHaveProperty('manifest');
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

function version(number: number): LineageNode {
  return { kind: 'version', ...versionOf(number) };
}

function versionKey(number: number): string {
  return lineageKey(version(number));
}

function modelKey(model: ModelId): string {
  return lineageKey({ kind: 'logged-model', model });
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
