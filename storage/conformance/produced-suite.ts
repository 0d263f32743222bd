import { describe, expect } from 'vitest';
import { DEFAULT_WORKSPACE, type RunId } from '#core/domain/ids.ts';
import type { LineageNode } from '#core/domain/lineage.ts';
import type { ManifestEntry } from '#core/domain/manifest.ts';
import type { ArtifactChange, Change } from '#core/tracking/ports/change.ts';
import { ACTOR, AT, commitOf, createRun, digestOf, putFile, runIdOf } from './sample-changes.ts';
import { sealedDigest } from './sample-registry.ts';
import { specify, type MakeStore } from './specify.ts';

const RUN = runIdOf(1);
const OTHER = runIdOf(2);
const TABLE = { workspace: DEFAULT_WORKSPACE, type: 'table', name: 'errors' } as const;
const ROWS: ManifestEntry = { path: 'rows.parquet', digest: digestOf(7), sizeBytes: 3 };
const SEALED = sealedDigest([ROWS], 'table');

const put = (run: RunId, path: string, digest = digestOf(7)): Change =>
  putFile({ kind: 'run', run }, path, digest);
const produce = (more: Partial<Extract<ArtifactChange, { kind: 'produce-artifact' }>> = {}): Change => ({
  kind: 'produce-artifact',
  run: RUN,
  type: 'table',
  name: 'errors',
  folder: 'out',
  role: 'evaluation',
  ...more,
});
const use = (
  number: number,
  more: Partial<Extract<ArtifactChange, { kind: 'use-artifact' }>> = {},
): Change => ({
  kind: 'use-artifact',
  run: OTHER,
  type: 'table',
  name: 'errors',
  number,
  role: 'input',
  ...more,
});
const node = (digest: string = SEALED): LineageNode => ({ kind: 'artifact', ...TABLE, digest });

/** Specifies what runs seal of their files, and what they use of it. */
export function producedSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: artifact versions that runs produce and use`, () => {
    it('seals what is below a folder as the next version, and equal content as the version that it was', async (store) => {
      const { writer, registry, catalog } = store;
      const setUp = [createRun(RUN), createRun(OTHER), put(RUN, 'out/rows.parquet'), put(RUN, 'log.txt')];
      const first = await writer.commit(commitOf([...setUp, produce()]));
      expect(first.versions).toEqual([1]);
      const changed = await writer.commit(commitOf([put(RUN, 'out/more.csv', digestOf(8)), produce()]));
      expect(changed.versions).toEqual([2]);
      const same = [put(OTHER, 'elsewhere/rows.parquet'), produce({ run: OTHER, folder: 'elsewhere' })];
      expect((await writer.commit(commitOf(same))).versions).toEqual([1]);
      const [one, two] = await registry.artifactVersions(TABLE);
      expect(one).toEqual({
        ...TABLE,
        number: 1,
        digest: SEALED,
        manifest: SEALED,
        createdAt: AT,
        createdBy: ACTOR,
      });
      expect(two).toMatchObject({ number: 2 });
      expect(await catalog.manifest(SEALED)).toEqual({ type: 'table', entries: [ROWS], metadata: {} });
      expect(await registry.edges({ nodes: [node()], way: 'up', limit: 9 })).toMatchObject([
        { from: { kind: 'run', run: RUN }, role: 'evaluation', at: AT },
        { from: { kind: 'run', run: OTHER }, role: 'evaluation' },
      ]);
    });

    it('leads from a version to the runs that use it, once each', async ({ writer, registry }) => {
      await writer.commit(
        commitOf([createRun(RUN), createRun(OTHER), put(RUN, 'out/rows.parquet'), produce(), use(1), use(1)]),
      );
      expect(await registry.edges({ nodes: [node()], way: 'down', limit: 9 })).toEqual([
        { from: node(), to: { kind: 'run', run: OTHER }, role: 'input', at: AT },
      ]);
      expect(
        await registry.edges({ nodes: [{ kind: 'run', run: OTHER }], way: 'up', limit: 9 }),
      ).toHaveLength(1);
    });

    it('refuses a folder without files, a version that is not there, and a deleted run', async ({
      writer,
    }) => {
      await writer.commit(
        commitOf([createRun(RUN), createRun(OTHER), put(RUN, 'out/rows.parquet'), produce()]),
      );
      const refused = async (change: Change, expected: object) =>
        expect(writer.commit(commitOf([change]))).rejects.toMatchObject(expected);
      await refused(produce({ folder: 'ou' }), { code: 'not_found', details: { subject: 'file' } });
      for (const wrong of [use(2), use(1, { type: 'dataset' }), use(1, { name: 'error' })]) {
        // oxlint-disable-next-line no-await-in-loop -- one writer
        await refused(wrong, { code: 'not_found', details: { subject: 'artifact' } });
      }
      await writer.commit(commitOf([{ kind: 'delete-run', run: RUN }]));
      await refused(produce(), { code: 'invalid', details: { reason: 'wrong-state' } });
      await refused(use(1, { run: RUN }), { code: 'invalid', details: { reason: 'wrong-state' } });
    });

    it('keeps the content until the last run that made or used it is purged; its number stays', async (store) => {
      const { catalog, registry, writer } = store;
      await writer.commit(
        commitOf([createRun(RUN), createRun(OTHER), put(RUN, 'out/rows.parquet'), produce(), use(1)]),
      );
      const purge = (run: RunId) =>
        writer.commit(
          commitOf([
            { kind: 'delete-run', run },
            { kind: 'purge-run', run },
          ]),
        );
      await purge(RUN);
      expect(await catalog.manifest(SEALED)).toMatchObject({ entries: [ROWS] });
      await purge(OTHER);
      expect(await catalog.manifest(SEALED)).toBeUndefined();
      const left = await registry.artifactVersion({ ...TABLE, number: 1 });
      expect(left).toMatchObject({ digest: SEALED });
      expect(left?.manifest).toBeUndefined();
    });
  });
}
