import { describe, expect } from 'vitest';
import { DEFAULT_WORKSPACE, workspaceId } from '#core/domain/ids.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import {
  AT,
  commitOf,
  createModel,
  createProject,
  createRun,
  createWorkspace,
  modelIdOf,
  runIdOf,
  tagsOf,
} from './sample-changes.ts';
import {
  askPromotion,
  CHURN,
  createRegistered,
  deploymentIdOf,
  notesOf,
  PRODUCTION,
  promote,
  promotionIdOf,
  registeredIdOf,
  registerVersion,
  startDeployment,
  versionOf,
} from './sample-registry.ts';
import { specify, type MakeStore } from './specify.ts';

const RUN = runIdOf(1);
const MODEL = modelIdOf(1);
const LATER = { at: AT + 1000 };
const V1 = versionOf(1);

/** Specifies model versions: what `RegistryReader` says of them and the changes that they know but being registered and promoted. */
export function versionSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: model versions`, () => {
    it('finds versions by model, run, logged model and tag, all of which must hold', async ({
      writer,
      registry,
    }) => {
      const B = registeredIdOf(2);
      await writer.commit(
        commitOf([
          createProject('p', 'a'),
          createRun(RUN),
          createRun(runIdOf(2)),
          createModel(MODEL),
          createRegistered(2, 'b'),
          createRegistered(1, 'churn'),
          createWorkspace('team'),
          createRegistered(3, 'churn', { workspace: workspaceId('team') }),
          registerVersion({ run: RUN }, { tags: tagsOf({ env: 'dev' }) }),
          registerVersion({ run: runIdOf(2), loggedModel: MODEL }, { tags: tagsOf({ env: 'prod' }) }),
          registerVersion({ run: RUN }, { model: B, tags: tagsOf({ env: 'prod' }) }),
          registerVersion({ run: RUN }, { model: registeredIdOf(3) }),
          registerVersion({ run: RUN }),
          { kind: 'delete-version', version: versionOf(3), reason: '' },
        ]),
      );
      const find = async (query: Partial<Parameters<typeof registry.findVersions>[0]>) => {
        const found = await registry.findVersions({ workspace: DEFAULT_WORKSPACE, ...query });
        return found.map(({ model, number }) => `${model === CHURN ? 'churn' : 'b'} ${number}`);
      };
      expect(await find({})).toEqual(['churn 1', 'churn 2', 'b 1']);
      expect(await find({ models: [B, CHURN] })).toEqual(['churn 1', 'churn 2', 'b 1']);
      expect(await find({ models: [registeredIdOf(3)] })).toEqual([]);
      expect(await find({ models: [] })).toEqual([]);
      expect(await find({ runs: [RUN] })).toEqual(['churn 1', 'b 1']);
      expect(await find({ runs: [RUN], models: [B] })).toEqual(['b 1']);
      expect(await find({ loggedModels: [MODEL, modelIdOf(2)] })).toEqual(['churn 2']);
      expect(await find({ tag: { key: 'env' } })).toEqual(['churn 1', 'churn 2', 'b 1']);
      expect(await find({ tag: { key: 'env', value: 'prod' } })).toEqual(['churn 2', 'b 1']);
      expect(await find({ tag: { key: 'env', value: 'prod' }, runs: [runIdOf(2)] })).toEqual(['churn 2']);
      expect(await find({ tag: { key: 'none' } })).toEqual([]);
    });

    it('sets description and tags; only tags are what a gate looks at', async (store) => {
      const { writer, registry } = store;
      await writer.commit(commitOf([createRegistered(), registerVersion()]));
      const commit = (change: Change) => writer.commit(commitOf([change], LATER));
      await commit({ kind: 'update-version', version: V1, description: 'd' });
      expect(await registry.registeredModel(CHURN)).toMatchObject({ revision: 1, updatedAt: AT });
      await commit({ kind: 'set-version-tags', version: V1, tags: tagsOf({ a: '1', b: '2' }) });
      await commit({ kind: 'set-version-tags', version: V1, tags: tagsOf({ a: '1', b: '3' }) });
      await commit({ kind: 'delete-version-tag', version: V1, key: 'a' });
      expect(await registry.registeredModel(CHURN)).toMatchObject({ revision: 4, updatedAt: AT });
      expect(await registry.modelVersion(V1)).toMatchObject({
        description: 'd',
        tags: new Map([['b', '3']]),
        createdAt: AT,
        updatedAt: LATER.at,
      });
      const about = { version: 1, reason: '' };
      expect((await notesOf(store)).slice(2)).toEqual([
        { action: 'version.changed', ...about, details: { description: 'd' } },
        { action: 'version.tagged', ...about, details: { 'tag a': '1', 'tag b': '2' } },
        { action: 'version.tagged', ...about, details: { 'tag b': '3' } },
        { action: 'version.untagged', ...about, details: { 'tag a': '1' } },
      ]);
    });

    it('deprecates a version and offers it again', async (store) => {
      const { writer, registry } = store;
      const deprecate = (reason: string | null, description?: string): Change => ({
        kind: 'update-version',
        version: V1,
        deprecated: reason === null ? null : { reason },
        ...(description !== undefined && { description }),
      });
      await writer.commit(commitOf([createRegistered(), registerVersion()]));
      await writer.commit(commitOf([deprecate('leaks', 'd')], LATER));
      const deprecated = { at: LATER.at, reason: 'leaks' };
      expect(await registry.modelVersion(V1)).toMatchObject({ deprecated, description: 'd' });
      await writer.commit(commitOf([deprecate('leaks')], { at: AT + 2000 }));
      expect(await registry.modelVersion(V1)).toMatchObject({ deprecated, updatedAt: LATER.at });
      await writer.commit(commitOf([{ kind: 'update-version', version: V1, description: 'e' }]));
      expect(await registry.modelVersion(V1)).toMatchObject({ deprecated, description: 'e' });
      await writer.commit(commitOf([deprecate('old')], { at: AT + 2000 }));
      expect(await registry.modelVersion(V1)).toMatchObject({ deprecated: { at: AT + 2000, reason: 'old' } });
      expect(await registry.registeredModel(CHURN)).toMatchObject({ revision: 3 });
      await writer.commit(commitOf([deprecate(null), deprecate(null)]));
      expect(await registry.modelVersion(V1)).not.toHaveProperty('deprecated');
      expect(await registry.registeredModel(CHURN)).toMatchObject({ revision: 4 });
      expect((await notesOf(store)).slice(2)).toEqual([
        { action: 'version.deprecated', version: 1, reason: 'leaks', details: { description: 'd' } },
        { action: 'version.changed', version: 1, reason: '', details: { description: 'e' } },
        { action: 'version.deprecated', version: 1, reason: 'old', details: {} },
        { action: 'version.offered', version: 1, reason: '', details: {} },
      ]);
    });

    it('deletes a version: its aliases, promotions and deployments end', async (store) => {
      const { writer, registry } = store;
      await writer.commit(
        commitOf([
          createRegistered(),
          registerVersion(),
          registerVersion(),
          promote(1, PRODUCTION),
          promote(1, { kind: 'alias', name: 'b' }),
          promote(1, { kind: 'alias', name: 'a' }),
          promote(2, { kind: 'alias', name: 'c' }),
          askPromotion(1, 1),
          askPromotion(2, 2),
          startDeployment(1, 1),
          startDeployment(2, 2, { environment: 'edge' }),
        ]),
      );
      const { revision = 0 } = (await registry.registeredModel(CHURN)) ?? {};
      await writer.commit(commitOf([{ kind: 'delete-version', version: V1, reason: 'wrong' }], LATER));
      expect(await registry.modelVersion(V1)).toBeUndefined();
      expect(await registry.registeredModel(CHURN)).toMatchObject({
        aliases: new Map([['c', 2]]),
        stages: new Map([['none', 2]]),
        versions: 1,
        lastVersion: 2,
        revision: revision + 1,
        updatedAt: LATER.at,
      });
      expect(await registry.promotion(promotionIdOf(1))).toMatchObject({
        status: 'withdrawn',
        closedAt: LATER.at,
      });
      expect(await registry.promotion(promotionIdOf(2))).toMatchObject({ status: 'open' });
      expect(await registry.deployment(deploymentIdOf(1))).toMatchObject({ endedAt: LATER.at });
      expect(await registry.deployment(deploymentIdOf(2))).not.toHaveProperty('endedAt');
      expect((await notesOf(store)).at(-1)).toEqual({
        action: 'version.deleted',
        version: 1,
        reason: 'wrong',
        details: {
          stage: 'production',
          aliases: 'a, b',
          withdrawn: promotionIdOf(1),
          ended: deploymentIdOf(1),
        },
      });
    });

    for (const state of ['was never there', 'is deleted'] as const) {
      it(`refuses every change of a version that ${state}`, async (store) => {
        const { writer } = store;
        const deleted: Change = { kind: 'delete-version', version: V1, reason: '' };
        await writer.commit(commitOf([createRegistered()]));
        if (state === 'is deleted') await writer.commit(commitOf([registerVersion(), deleted]));
        const log = await notesOf(store);
        const changes: readonly Change[] = [
          { kind: 'update-version', version: V1 },
          deleted,
          { kind: 'set-version-tags', version: V1, tags: [] },
          { kind: 'delete-version-tag', version: V1, key: 'none' },
          promote(1),
          promote(1, PRODUCTION),
          { kind: 'refuse-promotion', version: V1, target: PRODUCTION, reason: '', checks: [] },
          askPromotion(1, 1),
          { kind: 'record-evaluations', version: V1, evaluations: [], isRoutine: true },
          startDeployment(1, 1),
        ];
        for (const change of changes) {
          await expect(writer.commit(commitOf([change]))).rejects.toMatchObject({
            code: 'not_found',
            details: { subject: 'model version', reason: 'missing' },
          });
        }
        expect(await notesOf(store)).toEqual(log);
      });
    }
  });
}
