import { describe, expect } from 'vitest';
import { DEFAULT_WORKSPACE } from '#core/domain/ids.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import { AT, commitOf } from './sample-changes.ts';
import {
  alias,
  askPromotion,
  stage,
  THREE_VERSIONS,
  CHAMPION,
  CHURN,
  notesOf,
  PASSED,
  PRODUCTION,
  promote,
  promotionIdOf,
  REFUSED,
  versionOf,
} from './sample-registry.ts';
import { specify, type MakeStore } from './specify.ts';

const LATER = { at: AT + 1000 };
const STALE = { code: 'conflict', details: { subject: 'registered model', reason: 'wrong-state' } };

/** Specifies who has an alias or a stage. Promotions that wait for approval are promotion-suite.ts. */
export function holderSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: aliases and stages`, () => {
    it('gives an alias to one version at a time', async (store) => {
      const { writer, registry, feed } = store;
      await writer.commit(commitOf([...THREE_VERSIONS, promote(1), promote(1, alias('b'))]));
      const { sequence } = await writer.commit(commitOf([promote(2)], LATER));
      expect(await registry.registeredModel(CHURN)).toMatchObject({
        aliases: new Map([
          ['champion', 2],
          ['b', 1],
        ]),
        revision: 6,
        updatedAt: LATER.at,
      });
      expect(await registry.modelVersion(versionOf(2))).toMatchObject({ updatedAt: AT });
      expect(feed.since(sequence - 1)).toMatchObject([{ registered: [CHURN] }]);
      expect((await notesOf(store)).slice(4)).toEqual([
        { action: 'alias.moved', version: 1, reason: '', details: { alias: 'champion', to: '1' } },
        { action: 'alias.moved', version: 1, reason: '', details: { alias: 'b', to: '1' } },
        { action: 'alias.moved', version: 2, reason: '', details: { alias: 'champion', from: '1', to: '2' } },
      ]);
    });

    it('moves a version to a stage; its newest version is what the stage offers', async (store) => {
      const { writer, registry } = store;
      await writer.commit(commitOf([...THREE_VERSIONS, promote(2, PRODUCTION)]));
      await writer.commit(commitOf([promote(1, PRODUCTION)], LATER));
      expect(await registry.registeredModel(CHURN)).toMatchObject({
        stages: new Map([
          ['production', 2],
          ['none', 3],
        ]),
        revision: 5,
        updatedAt: LATER.at,
      });
      expect(await registry.modelVersion(versionOf(1))).toMatchObject({
        stage: 'production',
        updatedAt: LATER.at,
      });
      expect((await notesOf(store)).at(-1)).toEqual({
        action: 'stage.changed',
        version: 1,
        reason: '',
        details: { from: 'none', to: 'production' },
      });
    });

    it('archives the others of a stage when asked to', async (store) => {
      const { writer, registry } = store;
      await writer.commit(
        commitOf([
          ...THREE_VERSIONS,
          promote(2, PRODUCTION),
          promote(1, PRODUCTION),
          promote(3, stage('staging')),
        ]),
      );
      await writer.commit(commitOf([promote(3, PRODUCTION, { archiveOthers: true })], LATER));
      const stages = await stagesOf(store);
      expect(stages).toEqual(['archived', 'archived', 'production']);
      expect(await registry.modelVersion(versionOf(1))).toMatchObject({ updatedAt: LATER.at });
      expect((await notesOf(store)).at(-1)?.details).toEqual({
        from: 'staging',
        to: 'production',
        archived: '1, 2',
      });
      await writer.commit(commitOf([promote(2, PRODUCTION)]));
      await writer.commit(commitOf([promote(3, PRODUCTION, { archiveOthers: true })]));
      expect(await stagesOf(store)).toEqual(['archived', 'archived', 'production']);
      expect((await notesOf(store)).at(-1)).toMatchObject({ version: 3, details: { archived: '2' } });
      const revision = (await registry.registeredModel(versionOf(1).model))?.revision;
      await writer.commit(commitOf([promote(3, PRODUCTION, { archiveOthers: true })]));
      expect((await registry.registeredModel(versionOf(1).model))?.revision).toBe(revision);
      await writer.commit(commitOf([promote(3, stage('archived'), { archiveOthers: true })]));
      expect((await notesOf(store)).at(-1)?.details).toEqual({ from: 'production', to: 'archived' });
    });

    it('keeps the reason, what the gate looked at, and that it was a roll-back', async (store) => {
      const more = { reason: 'v2 leaks', checks: [PASSED, REFUSED], isRollback: true };
      await store.writer.commit(commitOf([...THREE_VERSIONS, promote(2), promote(1, CHAMPION, more)]));
      expect((await notesOf(store)).at(-1)).toEqual({
        action: 'alias.moved',
        version: 1,
        reason: 'v2 leaks',
        details: {
          alias: 'champion',
          from: '2',
          to: '1',
          rollback: 'true',
          'check 1': 'passed metric: auc 0.91 on holdout',
          'check 2': 'refused approval: 1 of 2',
        },
      });
    });

    it('removes an alias', async (store) => {
      const { writer, registry } = store;
      await writer.commit(commitOf([...THREE_VERSIONS, promote(2)]));
      await writer.commit(commitOf([removeAlias('champion', { reason: 'paused' })], LATER));
      expect(await registry.registeredModel(CHURN)).toMatchObject({
        aliases: new Map(),
        revision: 5,
        updatedAt: LATER.at,
      });
      expect((await notesOf(store)).at(-1)).toEqual({
        action: 'alias.removed',
        version: 2,
        reason: 'paused',
        details: { alias: 'champion' },
      });
    });

    it('writes nothing down for what a version has, or an alias that is not there', async (store) => {
      const { writer, registry, feed } = store;
      await writer.commit(
        commitOf([
          ...THREE_VERSIONS,
          promote(1),
          promote(1, PRODUCTION),
          promote(2, PRODUCTION),
          askPromotion(1, 1),
        ]),
      );
      const before = await registry.registeredModel(CHURN);
      const log = await notesOf(store);
      const { sequence } = await writer.commit(
        commitOf(
          [
            promote(1),
            promote(1, PRODUCTION, { isRollback: true }),
            promote(3, stage('none')),
            removeAlias('none'),
          ],
          LATER,
        ),
      );
      expect(await registry.registeredModel(CHURN)).toEqual(before);
      expect(await stagesOf(store)).toEqual(['production', 'production', 'none']);
      expect(await registry.promotion(promotionIdOf(1))).toMatchObject({ status: 'open' });
      expect(await notesOf(store)).toEqual(log);
      expect(feed.since(sequence - 1)?.[0]?.registered).toBeUndefined();
    });

    it('refuses what was decided on an older revision, and nothing of that commit stays', async (store) => {
      const { writer, registry } = store;
      await writer.commit(commitOf([...THREE_VERSIONS, promote(1)]));
      const { revision = 0 } = (await registry.registeredModel(CHURN)) ?? {};
      await writer.commit(commitOf([promote(2, CHAMPION, { revision })]));
      const stale: readonly Change[] = [
        promote(3, CHAMPION, { revision }),
        promote(3, PRODUCTION, { revision }),
        promote(2, CHAMPION, { revision }),
        removeAlias('champion', { revision }),
        removeAlias('none', { revision }),
      ];
      for (const change of stale) {
        const commit = commitOf([promote(1, alias('other')), change]);
        await expect(writer.commit(commit)).rejects.toMatchObject(STALE);
      }
      expect((await registry.registeredModel(CHURN))?.aliases).toEqual(new Map([['champion', 2]]));
      await writer.commit(commitOf([removeAlias('champion', { revision: revision + 1 })]));
    });

    it('lets one of two win that were decided on the same revision', async (store) => {
      const { writer, registry } = store;
      await writer.commit(commitOf(THREE_VERSIONS));
      const { revision = 0 } = (await registry.registeredModel(CHURN)) ?? {};
      const both = await Promise.allSettled(
        [1, 2].map((number) => writer.commit(commitOf([promote(number, CHAMPION, { revision })]))),
      );
      expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const winner = both[0]?.status === 'fulfilled' ? 1 : 2;
      expect((await registry.registeredModel(CHURN))?.aliases.get('champion')).toBe(winner);
    });

    it('writes a refusal down with its figures, and changes nothing else', async (store) => {
      const { writer, registry, feed } = store;
      await writer.commit(commitOf(THREE_VERSIONS));
      const before = await registry.registeredModel(CHURN);
      const refusals = [CHAMPION, PRODUCTION].map((target): Change => {
        const checks = [REFUSED];
        return { kind: 'refuse-promotion', version: versionOf(3), target, reason: 'please', checks };
      });
      const { sequence } = await writer.commit(commitOf(refusals, LATER));
      expect(await registry.registeredModel(CHURN)).toEqual(before);
      expect(feed.since(sequence - 1)).toMatchObject([{ registered: [CHURN] }]);
      const check = 'refused approval: 1 of 2';
      const about = { action: 'promotion.refused', version: 3, reason: 'please' };
      expect((await notesOf(store)).slice(4)).toEqual([
        { ...about, details: { alias: 'champion', 'check 1': check } },
        { ...about, details: { stage: 'production', 'check 1': check } },
      ]);
    });

    it('tells who held what: moves, removals and deletions, first to last', async ({ writer, registry }) => {
      await writer.commit(
        commitOf([
          ...THREE_VERSIONS,
          promote(1),
          askPromotion(1, 2),
          promote(2, PRODUCTION),
          removeAlias('champion'),
          { kind: 'set-version-tags', version: versionOf(2), tags: [{ key: 'a', value: '1' }] },
          { kind: 'delete-version', version: versionOf(2), reason: '' },
        ]),
      );
      const history = async () =>
        (await registry.holderHistory(CHURN)).map(({ number, action }) => `${number} ${action}`);
      const told = ['5 alias.moved', '7 stage.changed', '8 alias.removed', '10 version.deleted'];
      expect(await history()).toEqual(told);
      await writer.commit(commitOf([{ kind: 'delete-registered-model', model: CHURN, reason: '' }]));
      expect(await history()).toEqual(told);
    });
  });
}

function removeAlias(
  named: string,
  more: { readonly revision?: number; readonly reason?: string } = {},
): Change {
  return { kind: 'remove-alias', model: CHURN, alias: named, reason: '', ...more };
}

async function stagesOf({ registry }: Store): Promise<readonly string[]> {
  const versions = await registry.findVersions({ workspace: DEFAULT_WORKSPACE, models: [CHURN] });
  return versions.map((version) => version.stage);
}
