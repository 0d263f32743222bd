import { describe, expect } from 'vitest';
import { DEFAULT_PROJECT, DEFAULT_WORKSPACE, workspaceId, type ProjectId } from '#core/domain/ids.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import { ACTOR, AT, commitOf, createWorkspace, tagsOf } from './sample-changes.ts';
import {
  askPromotion,
  CHAMPION,
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

const LATER = { at: AT + 1000 };
const TEAM = workspaceId('team');
const NO_MODEL = { code: 'not_found', details: { subject: 'registered model', reason: 'missing' } };
const NAME_TAKEN = {
  code: 'conflict',
  message: 'Registered Model (name=churn) already exists.',
  details: { subject: 'registered model', reason: 'exists' },
};
const GATE = {
  target: CHAMPION,
  checks: [{ kind: 'signature' }],
  approval: { role: 'admin', count: 2 },
} as const;

/** Specifies registered models: what `RegistryReader` says of them and the changes that they know. */
export function registrySuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: registered models`, () => {
    it('creates one that has no version yet', async (store) => {
      const { writer, registry, feed } = store;
      const more = {
        description: 'who leaves',
        tags: [...tagsOf({ team: 'growth' }), { key: '__proto__', value: 'α' }],
      };
      const receipt = await writer.commit(commitOf([createRegistered(1, 'churn', more)]));
      const model = {
        id: CHURN,
        workspace: DEFAULT_WORKSPACE,
        name: 'churn',
        description: 'who leaves',
        owner: '',
        createdAt: AT,
        updatedAt: AT,
        createdBy: ACTOR,
        tags: new Map(more.tags.map(({ key, value }) => [key, value])),
        aliases: new Map(),
        stages: new Map(),
        gates: [],
        versions: 0,
        lastVersion: 0,
        revision: 0,
      };
      expect(await registry.registeredModel(CHURN)).toEqual(model);
      expect(await registry.registeredModelNamed(DEFAULT_WORKSPACE, 'churn')).toEqual(model);
      expect(await registry.registeredModelNamed(TEAM, 'churn')).toBeUndefined();
      expect(receipt.versions).toBeUndefined();
      expect(feed.since(receipt.sequence - 1)).toMatchObject([{ registered: [CHURN] }]);
      expect(await notesOf(store)).toEqual([
        { action: 'model.created', reason: '', details: { name: 'churn' } },
      ]);
    });

    it('lists those of a workspace by name, in code unit order', async ({ writer, registry }) => {
      const names = ['b', 'a', 'B', 'ü', '🎉', '\uffee'];
      await writer.commit(
        commitOf([
          ...names.map((each, i) => createRegistered(i + 1, each)),
          createWorkspace('team'),
          createRegistered(9, 'a', { workspace: TEAM }),
        ]),
      );
      const listed = await registry.registeredModels(DEFAULT_WORKSPACE);
      expect(listed.map((model) => model.name)).toEqual(['B', 'a', 'b', 'ü', '🎉', '\uffee']);
      expect((await registry.registeredModels(TEAM)).map(({ id }) => id)).toEqual([registeredIdOf(9)]);
    });

    it('refuses a name that is taken and an id that was', async ({ writer }) => {
      await writer.commit(commitOf([createRegistered()]));
      const again = (change: Change) => writer.commit(commitOf([change]));
      await expect(again(createRegistered(2, 'churn'))).rejects.toMatchObject(NAME_TAKEN);
      await expect(again(createRegistered(1, 'other'))).rejects.toMatchObject({
        code: 'conflict',
        details: { subject: 'registered model', reason: 'exists' },
      });
      await again(createWorkspace('team'));
      await again(createRegistered(3, 'churn', { workspace: TEAM }));
    });

    it('sets what is present of name, description and owner', async (store) => {
      const { writer, registry } = store;
      await writer.commit(commitOf([createRegistered()]));
      const update = (more: object) => writer.commit(commitOf([{ ...UPDATE, ...more }], LATER));
      await update({ description: 'd', owner: 'growth' });
      await update({ name: 'leavers', owner: '' });
      expect(await registry.registeredModelNamed(DEFAULT_WORKSPACE, 'churn')).toBeUndefined();
      expect(await registry.registeredModelNamed(DEFAULT_WORKSPACE, 'leavers')).toMatchObject({
        id: CHURN,
        description: 'd',
        owner: '',
        createdAt: AT,
        updatedAt: LATER.at,
        revision: 0,
      });
      expect((await notesOf(store)).slice(1)).toEqual([
        { action: 'model.changed', reason: '', details: { description: 'd', owner: 'growth' } },
        { action: 'model.renamed', reason: '', details: { from: 'churn', to: 'leavers', owner: '' } },
      ]);
    });

    it('cuts long texts in the log, between characters', async (store) => {
      await store.writer.commit(
        commitOf([createRegistered(), { ...UPDATE, description: `${'a'.repeat(199)}🎉b` }]),
      );
      const [, changed] = await notesOf(store);
      expect(changed?.details).toEqual({ description: `${'a'.repeat(199)}…` });
    });

    it('refuses to rename to a name that is taken, and renames to one that was freed', async ({ writer }) => {
      await writer.commit(commitOf([createRegistered(), createRegistered(2, 'b')]));
      const renameB: Change = { ...UPDATE, model: registeredIdOf(2), name: 'churn' };
      await expect(writer.commit(commitOf([renameB]))).rejects.toMatchObject(NAME_TAKEN);
      await writer.commit(commitOf([{ ...UPDATE, name: 'a' }, renameB]));
    });

    it('keeps tags of any key; the last of equal keys wins, a missing one deletes as nothing', async (store) => {
      const { writer, registry } = store;
      const tags = [
        { key: 'constructor', value: '1' },
        { key: 'a', value: '' },
        { key: 'a', value: '2' },
      ];
      await writer.commit(
        commitOf([
          createRegistered(1, 'churn', { tags: tagsOf({ old: 'x' }) }),
          { kind: 'set-registered-tags', model: CHURN, tags },
          { kind: 'delete-registered-tag', model: CHURN, key: 'old' },
          { kind: 'delete-registered-tag', model: CHURN, key: 'old' },
        ]),
      );
      const { tags: kept, revision } = (await registry.registeredModel(CHURN)) ?? {};
      expect(kept).toEqual(new Map(tags.map(({ key, value }) => [key, value])));
      expect(revision).toBe(0);
      expect((await notesOf(store)).slice(1)).toEqual([
        { action: 'model.tagged', reason: '', details: { 'tag constructor': '1', 'tag a': '2' } },
        { action: 'model.untagged', reason: '', details: { 'tag old': 'x' } },
      ]);
    });

    it('replaces its gates and counts that as a revision', async (store) => {
      const { writer, registry } = store;
      const declare: Change = { kind: 'declare-gates', model: CHURN, gates: [GATE], reason: 'careful' };
      await writer.commit(commitOf([createRegistered(), declare], LATER));
      expect(await registry.registeredModel(CHURN)).toMatchObject({ gates: [GATE], revision: 1 });
      await writer.commit(commitOf([{ ...declare, gates: [], reason: 'fast' }]));
      expect(await registry.registeredModel(CHURN)).toMatchObject({ gates: [], revision: 2 });
      const gate = '{"checks":[{"kind":"signature"}],"approval":{"role":"admin","count":2}}';
      expect((await notesOf(store)).slice(1)).toEqual([
        { action: 'gates.declared', reason: 'careful', details: { 'alias champion': gate } },
        { action: 'gates.declared', reason: 'fast', details: {} },
      ]);
    });

    it('writes nothing down for what changes nothing', async (store) => {
      const { writer, registry, feed } = store;
      const declare: Change = { kind: 'declare-gates', model: CHURN, gates: [GATE], reason: '' };
      const tags = tagsOf({ a: '1' });
      await writer.commit(commitOf([createRegistered(1, 'churn', { tags }), declare]));
      const before = await registry.registeredModel(CHURN);
      const { sequence } = await writer.commit(
        commitOf(
          [
            { ...UPDATE, name: 'churn', description: '', owner: '' },
            { kind: 'set-registered-tags', model: CHURN, tags },
            { kind: 'set-registered-tags', model: CHURN, tags: [] },
            { kind: 'delete-registered-tag', model: CHURN, key: 'none' },
            { ...declare, reason: 'again' },
          ],
          LATER,
        ),
      );
      expect(await registry.registeredModel(CHURN)).toEqual(before);
      expect(await notesOf(store)).toHaveLength(2);
      expect(feed.since(sequence - 1)?.[0]?.registered).toBeUndefined();
    });

    it('deletes one with all it has and frees its name; its log stays', async (store) => {
      const { writer, registry } = store;
      await writer.commit(
        commitOf([
          createRegistered(),
          registerVersion(),
          registerVersion(),
          askPromotion(1, 1),
          startDeployment(1, 2),
          { kind: 'delete-registered-model', model: CHURN, reason: 'unused' },
        ]),
      );
      expect(await registry.registeredModel(CHURN)).toBeUndefined();
      expect(await registry.registeredModelNamed(DEFAULT_WORKSPACE, 'churn')).toBeUndefined();
      expect(await registry.registeredModels(DEFAULT_WORKSPACE)).toEqual([]);
      expect(await registry.modelVersion(versionOf(1))).toBeUndefined();
      expect(await registry.modelVersions([versionOf(1), versionOf(2)])).toEqual([]);
      expect(await registry.findVersions({ workspace: DEFAULT_WORKSPACE })).toEqual([]);
      expect(await registry.promotion(promotionIdOf(1))).toBeUndefined();
      expect(await registry.promotions({ model: CHURN, isHistory: true })).toEqual([]);
      expect(await registry.openPromotions(DEFAULT_WORKSPACE)).toEqual([]);
      expect(await registry.deployment(deploymentIdOf(1))).toBeUndefined();
      expect(await registry.deployments(CHURN)).toEqual([]);
      expect(await registry.runningDeployments(DEFAULT_WORKSPACE)).toEqual([]);
      expect((await notesOf(store)).at(-1)).toEqual({
        action: 'model.deleted',
        reason: 'unused',
        details: {
          name: 'churn',
          versions: '2',
          withdrawn: promotionIdOf(1),
          ended: deploymentIdOf(1),
        },
      });
      await writer.commit(
        commitOf([createRegistered(2), { ...UPDATE, model: registeredIdOf(2), owner: 'x' }]),
      );
      const named = await registry.registeredModelNamed(DEFAULT_WORKSPACE, 'churn');
      expect(named).toMatchObject({ id: registeredIdOf(2), owner: 'x' });
    });

    it('keeps the project of its first version that has one', async ({ writer, registry }) => {
      await writer.commit(commitOf([createRegistered(), registerVersion()]));
      expect((await registry.registeredModel(CHURN))?.project).toBeUndefined();
      await writer.commit(
        commitOf([
          registerVersion({}, { project: DEFAULT_PROJECT }),
          registerVersion({}, { project: 'b' as ProjectId }),
        ]),
      );
      expect((await registry.registeredModel(CHURN))?.project).toBe(DEFAULT_PROJECT);
    });

    for (const state of ['was never there', 'is deleted'] as const) {
      it(`refuses every change of a model that ${state}`, async ({ writer, registry }) => {
        const deleted: Change = { kind: 'delete-registered-model', model: CHURN, reason: '' };
        const there = [
          createRegistered(),
          registerVersion(),
          startDeployment(1, 1),
          askPromotion(1, 1),
          deleted,
        ];
        if (state === 'is deleted') await writer.commit(commitOf(there));
        const log = await registry.registryLog({ model: CHURN, limit: 99 });
        const version = versionOf(1);
        const changes: readonly Change[] = [
          { ...UPDATE, name: 'x' },
          deleted,
          { kind: 'set-registered-tags', model: CHURN, tags: [] },
          { kind: 'delete-registered-tag', model: CHURN, key: 'none' },
          { kind: 'declare-gates', model: CHURN, gates: [], reason: '' },
          registerVersion(),
          { kind: 'update-version', version },
          { kind: 'delete-version', version, reason: '' },
          { kind: 'set-version-tags', version, tags: [] },
          { kind: 'delete-version-tag', version, key: 'none' },
          promote(1),
          promote(1, PRODUCTION),
          { kind: 'remove-alias', model: CHURN, alias: 'none', reason: '' },
          { kind: 'refuse-promotion', version, target: CHAMPION, reason: '', checks: [] },
          askPromotion(2, 1),
          { kind: 'record-evaluations', version, evaluations: [], isRoutine: true },
          startDeployment(2, 1),
          ...(state === 'is deleted' ? ofIds : []),
        ];
        for (const change of changes) {
          await expect(writer.commit(commitOf([change]))).rejects.toMatchObject(NO_MODEL);
        }
        expect(await registry.registryLog({ model: CHURN, limit: 99 })).toEqual(log);
      });
    }
  });
}

const UPDATE = { kind: 'update-registered-model', model: CHURN } as const;

const ofIds: readonly Change[] = [
  { kind: 'decide-promotion', promotion: promotionIdOf(1), decision: 'approved', role: 'admin', reason: '' },
  { kind: 'withdraw-promotion', promotion: promotionIdOf(1), reason: '' },
  { kind: 'end-deployment', deployment: deploymentIdOf(1), endedAt: AT, reason: '' },
];
