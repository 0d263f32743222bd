import { describe, expect } from 'vitest';
import { createHash } from 'node:crypto';
import { DEFAULT_PROJECT } from '#core/domain/ids.ts';
import type { ManifestDigest, ProjectId } from '#core/domain/ids.ts';
import { canonicalManifest } from '#core/domain/manifest.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import {
  ACTOR,
  AT,
  commitOf,
  createModel,
  createRun,
  digestOf,
  logPoints,
  modelIdOf,
  putFile,
  runIdOf,
  tagsOf,
} from './sample-changes.ts';
import { specify, type MakeStore } from './specify.ts';

const RUN = runIdOf(1);
const MODEL = modelIdOf(1);
const NOBODY = modelIdOf(99);
const FILES = { kind: 'model', model: MODEL } as const;

/** Specifies `ModelReader` and the changes of logged models. */
export function modelSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: logged models`, () => {
    it('creates a pending model with params and tags', async ({ writer, catalog }) => {
      const params = [
        { key: '__proto__', value: '1' },
        { key: 'constructor', value: '' },
      ];
      const change = createModel(MODEL, { sourceRun: RUN, params, tags: tagsOf({ stage: 'α' }) });
      await writer.commit(commitOf([createRun(RUN), change]));
      expect(await catalog.model(MODEL)).toEqual({
        id: MODEL,
        project: DEFAULT_PROJECT,
        name: 'digits',
        modelType: 'classifier',
        sourceRun: RUN,
        status: 'pending',
        artifactUri: `mlflow-artifacts:/0/models/${MODEL}/artifacts`,
        createdAt: AT,
        updatedAt: AT,
        createdBy: ACTOR,
        params: new Map([
          ['__proto__', '1'],
          ['constructor', ''],
        ]),
        tags: new Map([['stage', 'α']]),
        metrics: [],
      });
      expect(await catalog.models([DEFAULT_PROJECT])).toHaveLength(1);
      expect(await catalog.models(['none' as ProjectId])).toEqual([]);
    });

    it('refuses a model without project or source run, or with a taken id', async ({ writer }) => {
      const orphan = createModel(MODEL, { project: 'none' as ProjectId });
      await expect(writer.commit(commitOf([orphan]))).rejects.toMatchObject({
        code: 'not_found',
        details: { subject: 'project' },
      });
      const sourceless = createModel(MODEL, { sourceRun: RUN });
      await expect(writer.commit(commitOf([sourceless]))).rejects.toMatchObject({
        code: 'not_found',
        details: { subject: 'run' },
      });
      await writer.commit(commitOf([createModel(MODEL)]));
      await expect(writer.commit(commitOf([createModel(MODEL)]))).rejects.toMatchObject({
        code: 'conflict',
        details: { reason: 'exists' },
      });
    });

    it('adds params and never changes one; tags are upserts', async ({ writer, catalog }) => {
      const params = (pairs: Record<string, string>): Change => ({
        kind: 'set-model-params',
        model: MODEL,
        params: tagsOf(pairs),
      });
      await writer.commit(commitOf([createModel(MODEL), params({ a: '1' }), params({ a: '1', b: '2' })]));
      await expect(writer.commit(commitOf([params({ c: '3', a: '9' })]))).rejects.toMatchObject({
        code: 'invalid',
        details: { reason: 'exists' },
      });
      const tags = (pairs: Record<string, string>): Change => ({
        kind: 'set-model-tags',
        model: MODEL,
        tags: tagsOf(pairs),
      });
      await writer.commit(commitOf([tags({ x: '1', y: '2' }), tags({ x: '3' })], { at: AT + 4 }));
      await writer.commit(commitOf([{ kind: 'delete-model-tag', model: MODEL, key: 'y' }], { at: AT + 5 }));
      const model = await catalog.model(MODEL);
      expect(model?.params).toEqual(
        new Map([
          ['a', '1'],
          ['b', '2'],
        ]),
      );
      expect(model?.tags).toEqual(new Map([['x', '3']]));
      expect(model?.updatedAt).toBe(AT + 5);
      await expect(
        writer.commit(commitOf([{ kind: 'delete-model-tag', model: MODEL, key: 'y' }])),
      ).rejects.toMatchObject({ code: 'not_found', details: { subject: 'tag' } });
    });

    it('seals its tree as it is within the commit that makes it ready', async ({ writer, catalog }) => {
      const ready: Change = { kind: 'finalise-model', model: MODEL, status: 'ready' };
      await writer.commit(
        commitOf([
          createModel(MODEL),
          putFile(FILES, 'model/weights.bin', digestOf(1), 10),
          putFile(FILES, 'MLmodel', digestOf(2), 20),
          ready,
          putFile(FILES, 'late', digestOf(3), 30),
        ]),
      );
      const model = await catalog.model(MODEL);
      const manifest = await catalog.manifest(model?.manifest as ManifestDigest);
      expect(model?.status).toBe('ready');
      expect(manifest).toEqual({
        type: 'model',
        entries: [
          { path: 'MLmodel', digest: digestOf(2), sizeBytes: 20 },
          { path: 'model/weights.bin', digest: digestOf(1), sizeBytes: 10 },
        ],
        metadata: {},
      });
      expect(model?.manifest).toBe(
        manifest && createHash('sha256').update(canonicalManifest(manifest)).digest('hex'),
      );
      await writer.commit(commitOf([{ kind: 'delete-files', owner: FILES, path: 'MLmodel' }]));
      expect((await catalog.model(MODEL))?.manifest).toBe(model?.manifest);
      expect(await catalog.isReferenced(digestOf(2))).toBe(true);
      expect(await catalog.isReferenced(digestOf(4))).toBe(false);
      expect(await catalog.manifest(digestOf(5) as string as ManifestDigest)).toBeUndefined();
    });

    it('keeps why an upload failed, and forgets it when it moves on', async ({ writer, catalog }) => {
      const statusMessage = 'disk full';
      await writer.commit(
        commitOf([
          createModel(MODEL),
          { kind: 'finalise-model', model: MODEL, status: 'upload_failed', statusMessage },
        ]),
      );
      expect(await catalog.model(MODEL)).toMatchObject({ status: 'upload_failed', statusMessage });
      await writer.commit(commitOf([{ kind: 'finalise-model', model: MODEL, status: 'ready' }]));
      const model = await catalog.model(MODEL);
      expect(model && 'statusMessage' in model).toBe(false);
    });

    it('carries its metrics with the run and the dataset that they were measured on', async ({
      writer,
      catalog,
    }) => {
      const plain = { kind: 'model', model: MODEL, run: RUN } as const;
      const onDataset = { ...plain, dataset: { name: 'digits', digest: 'd1' } } as const;
      await writer.commit(
        commitOf([
          createRun(RUN),
          createModel(MODEL),
          logPoints(plain, [['acc', 1, 0.5]]),
          logPoints(onDataset, [
            ['acc', 1, 0.6],
            ['acc', 2, 0.7],
          ]),
        ]),
      );
      const metrics = (await catalog.model(MODEL))?.metrics ?? [];
      const shown = metrics.map(({ owner, metric, summary }) => [owner, metric, summary.last.value]);
      expect(shown).toHaveLength(2);
      expect(shown).toContainEqual([plain, 'acc', 0.5]);
      expect(shown).toContainEqual([onDataset, 'acc', 0.7]);
      expect((await catalog.run(RUN))?.metrics.size).toBe(0);
    });

    it('reads as absent and refuses every change once deleted, as if it never was', async ({
      writer,
      catalog,
    }) => {
      const changes = (model: typeof MODEL): Change[] => [
        { kind: 'finalise-model', model, status: 'ready' },
        { kind: 'set-model-params', model, params: [] },
        { kind: 'set-model-tags', model, tags: [] },
        { kind: 'delete-model-tag', model, key: 'a' },
        { kind: 'delete-model', model },
        putFile({ kind: 'model', model }, 'a'),
        logPoints({ kind: 'model', model, run: RUN }, [['acc', 1, 1]]),
      ];
      await writer.commit(
        commitOf([createRun(RUN), createModel(MODEL), { kind: 'delete-model', model: MODEL }]),
      );
      expect(await catalog.model(MODEL)).toBeUndefined();
      expect(await catalog.models([DEFAULT_PROJECT])).toEqual([]);
      for (const change of [...changes(MODEL), ...changes(NOBODY)]) {
        await expect(writer.commit(commitOf([change]))).rejects.toMatchObject({
          code: 'not_found',
          details: { subject: 'model' },
        });
      }
    });
  });
}
