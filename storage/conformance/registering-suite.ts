import { describe, expect } from 'vitest';
import { type ManifestDigest } from '#core/domain/ids.ts';
import { type Manifest } from '#core/domain/manifest.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import {
  ACTOR,
  AT,
  commitOf,
  createModel,
  createRun,
  digestOf,
  modelIdOf,
  putFile,
  runIdOf,
  tagsOf,
} from './sample-changes.ts';
import {
  CHURN,
  createRegistered,
  notesOf,
  registeredIdOf,
  registerVersion,
  sealedDigest,
  versionOf,
} from './sample-registry.ts';
import { specify, type MakeStore } from './specify.ts';

const RUN = runIdOf(1);
const MODEL = modelIdOf(1);
const LATER = { at: AT + 1000 };
const V1 = versionOf(1);

/** Specifies how a model gets its next version, and what is sealed with it. */
export function registeringSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: registering a version`, () => {
    it('numbers them from 1, tells the numbers, and never gives one again', async ({ writer, registry }) => {
      const first = await writer.commit(
        commitOf([createRegistered(), createRegistered(2, 'b'), registerVersion(), registerVersion()]),
      );
      expect(first.versions).toEqual([1, 2]);
      const { versions } = await writer.commit(
        commitOf([
          { kind: 'delete-version', version: versionOf(2), reason: '' },
          registerVersion(),
          registerVersion({}, { model: registeredIdOf(2) }),
        ]),
      );
      expect(versions).toEqual([3, 1]);
      expect(await registry.registeredModel(CHURN)).toMatchObject({ versions: 2, lastVersion: 3 });
    });

    it('tells a repeated commit the numbers that the first one was given', async ({ writer, registry }) => {
      const once = commitOf([createRegistered(), registerVersion()], { once: 'k' });
      const first = await writer.commit(once);
      expect(await writer.commit(once)).toEqual({ ...first, isRepeat: true });
      expect(await registry.registeredModel(CHURN)).toMatchObject({ lastVersion: 1 });
    });

    it('gives concurrent writers different numbers without a gap', async ({ writer, registry }) => {
      await writer.commit(commitOf([createRegistered()]));
      const receipts = await Promise.all(
        Array.from({ length: 32 }, () => writer.commit(commitOf([registerVersion()]))),
      );
      const numbers = receipts.flatMap(({ versions = [] }) => versions).toSorted((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: 32 }, (_, i) => i + 1));
      expect(await registry.registeredModel(CHURN)).toMatchObject({
        versions: 32,
        lastVersion: 32,
        revision: 32,
      });
    });

    it('keeps all that was said of a version', async (store) => {
      const { writer, registry, feed } = store;
      const objective = { metric: 'auc', direction: 'max', aggregate: 'last', origin: 'declared' } as const;
      const said = {
        description: 'd',
        userId: '',
        run: RUN,
        loggedModel: MODEL,
        source: `models:/${MODEL}`,
        storageLocation: 'mlflow-artifacts:/x',
        runLink: 'https://host/run',
        objective,
      };
      const { sequence } = await writer.commit(
        commitOf([
          createRun(RUN),
          createModel(MODEL),
          createRegistered(),
          registerVersion(said, { tags: tagsOf({ a: '1' }) }),
        ]),
      );
      const version = {
        ...said,
        ...V1,
        createdAt: AT,
        updatedAt: AT,
        createdBy: ACTOR,
        stage: 'none',
        tags: new Map([['a', '1']]),
      };
      expect(await registry.modelVersion(V1)).toEqual(version);
      expect(await registry.modelVersions([versionOf(7), V1])).toEqual([version]);
      expect(await registry.modelVersion(versionOf(2))).toBeUndefined();
      expect(await registry.modelVersion(versionOf(1, registeredIdOf(2)))).toBeUndefined();
      expect((await registry.registeredModel(CHURN))?.stages).toEqual(new Map([['none', 1]]));
      expect(feed.since(sequence - 1)).toMatchObject([{ registered: [CHURN] }]);
      expect((await notesOf(store)).slice(1)).toEqual([
        {
          action: 'version.registered',
          version: 1,
          reason: '',
          details: { source: `models:/${MODEL}`, run: RUN, 'logged model': MODEL },
        },
      ]);
    });

    it('refuses a run that is not there, and a logged model that is not there or deleted', async ({
      writer,
    }) => {
      await writer.commit(
        commitOf([
          createRegistered(),
          createModel(MODEL),
          { kind: 'delete-model', model: MODEL },
          createRun(RUN),
          { kind: 'delete-run', run: RUN },
          registerVersion({ run: RUN }),
        ]),
      );
      const refused: ReadonlyArray<readonly [Change, string]> = [
        [registerVersion({ run: runIdOf(9) }), 'run'],
        [registerVersion({ loggedModel: modelIdOf(9) }), 'model'],
        [registerVersion({ loggedModel: MODEL }), 'model'],
      ];
      for (const [change, subject] of refused) {
        await expect(writer.commit(commitOf([change]))).rejects.toMatchObject({
          code: 'not_found',
          details: { subject, reason: 'missing' },
        });
      }
    });

    it('seals what is below the folder at that moment, with paths relative to it', async (store) => {
      const { writer, registry, catalog } = store;
      const tree = { owner: { kind: 'run', run: RUN }, folder: 'model' } as const;
      await writer.commit(
        commitOf([
          createRun(RUN),
          putFile(tree.owner, 'model/MLmodel', digestOf(1), 5),
          putFile(tree.owner, 'model/data/weights', digestOf(2), 7),
          putFile(tree.owner, 'model-2/x', digestOf(3), 1),
          createRegistered(),
          registerVersion({}, { tree }),
          putFile(tree.owner, 'model/late', digestOf(4)),
        ]),
      );
      const sealed: Manifest = {
        type: 'model',
        entries: [
          { path: 'MLmodel', digest: digestOf(1), sizeBytes: 5 },
          { path: 'data/weights', digest: digestOf(2), sizeBytes: 7 },
        ],
        metadata: {},
      };
      const manifest = sealedDigest(sealed.entries);
      expect(await registry.modelVersion(V1)).toMatchObject({ manifest });
      expect(await catalog.manifest(manifest)).toEqual(sealed);
      expect(await registry.manifestSize(manifest)).toEqual({ files: 2, bytes: 12 });
      expect(await registry.manifestSize('0'.repeat(64) as ManifestDigest)).toBeUndefined();
      expect((await notesOf(store)).at(-1)?.details).toMatchObject({ manifest });
      await writer.commit(commitOf([{ kind: 'delete-files', owner: tree.owner, path: 'model' }]));
      expect(await catalog.isReferenced(digestOf(2))).toBe(true);
      expect(await catalog.isReferenced(digestOf(4))).toBe(false);
    });

    it('has no manifest without files or without a tree', async ({ writer, registry, catalog }) => {
      const tree = { owner: { kind: 'run', run: RUN }, folder: 'model' } as const;
      await writer.commit(
        commitOf([
          createRun(RUN),
          putFile(tree.owner, 'a', digestOf(1)),
          createRegistered(),
          registerVersion({}, { tree }),
          registerVersion(),
          registerVersion({}, { tree: { owner: { kind: 'run', run: runIdOf(9) }, folder: '' } }),
        ]),
      );
      for (const number of [1, 2, 3]) {
        expect((await registry.modelVersion(versionOf(number)))?.manifest).toBeUndefined();
      }
      expect(await catalog.manifest(sealedDigest([]))).toBeUndefined();
    });

    it('writes into the tags of the logged model which versions it became', async ({ writer, catalog }) => {
      const tag = async () => (await catalog.model(MODEL))?.tags.get('mlflow.modelVersions');
      const register = registerVersion({ loggedModel: MODEL });
      await writer.commit(commitOf([createModel(MODEL), createRegistered(), register]));
      expect(await tag()).toBe('[{"name":"churn","version":1}]');
      await writer.commit(commitOf([createRegistered(2, 'b "1"'), register], LATER));
      await writer.commit(
        commitOf([registerVersion({ loggedModel: MODEL }, { model: registeredIdOf(2) })], LATER),
      );
      expect(await tag()).toBe(
        '[{"name":"churn","version":1},{"name":"churn","version":2},{"name":"b \\"1\\"","version":1}]',
      );
      expect(await catalog.model(MODEL)).toMatchObject({ updatedAt: LATER.at });
      const tags = tagsOf({ 'mlflow.modelVersions': 'no list' });
      await writer.commit(commitOf([{ kind: 'set-model-tags', model: MODEL, tags }, register]));
      expect(await tag()).toBe('[{"name":"churn","version":3}]');
    });
  });
}
