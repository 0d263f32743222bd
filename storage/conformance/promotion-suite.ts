import { describe, expect } from 'vitest';
import { DEFAULT_WORKSPACE, workspaceId } from '#core/domain/ids.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import { ACTOR, AT, commitOf } from './sample-changes.ts';
import {
  alias,
  askPromotion,
  stage,
  THREE_VERSIONS,
  CHAMPION,
  CHURN,
  createRegistered,
  decide,
  notesOf,
  PRODUCTION,
  promote,
  promotionIdOf,
  registeredIdOf,
  registerVersion,
  versionOf,
} from './sample-registry.ts';
import { specify, type MakeStore } from './specify.ts';

const LATER = { at: AT + 1000 };
const BOB = { kind: 'user', id: 'bob' } as const;
const CLOSED = { code: 'invalid', details: { subject: 'promotion', reason: 'wrong-state' } };

/** Specifies wishes for an alias or a stage, which wait for approval. */
export function promotionSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: promotions that wait for approval`, () => {
    it('keeps a wish open until it is decided', async (store) => {
      const { writer, registry } = store;
      await writer.commit(commitOf(THREE_VERSIONS));
      const { sequence } = await writer.commit(
        commitOf([askPromotion(1, 2, CHAMPION, { reason: 'better' })]),
      );
      const asked = {
        id: promotionIdOf(1),
        version: versionOf(2),
        target: CHAMPION,
        askedBy: ACTOR,
        askedAt: AT,
        reason: 'better',
        status: 'open',
        approvals: [],
        archiveOthers: false,
      };
      expect(await registry.promotion(promotionIdOf(1))).toEqual(asked);
      expect(await registry.promotion(promotionIdOf(2))).toBeUndefined();
      expect(await registry.promotions({ model: CHURN })).toEqual([asked]);
      expect(await registry.openPromotions(DEFAULT_WORKSPACE)).toEqual([asked]);
      expect(await registry.openPromotions(workspaceId('team'))).toEqual([]);
      expect(await registry.registeredModel(CHURN)).toMatchObject({ revision: 4 });
      expect(store.feed.since(sequence - 1)).toMatchObject([{ registered: [CHURN] }]);
      expect((await notesOf(store)).at(-1)).toEqual({
        action: 'promotion.asked',
        version: 2,
        reason: 'better',
        details: { promotion: promotionIdOf(1), alias: 'champion' },
      });
      await expect(writer.commit(commitOf([askPromotion(1, 3)]))).rejects.toMatchObject({
        code: 'conflict',
        details: { subject: 'promotion', reason: 'exists' },
      });
    });

    it('adds words in their order; an approval leaves it open, a rejection closes it', async (store) => {
      const { writer, registry } = store;
      await writer.commit(commitOf([...THREE_VERSIONS, askPromotion(1, 2, PRODUCTION)]));
      await writer.commit(commitOf([decide(1, 'approved', 'fine')], { actor: BOB }));
      await writer.commit(commitOf([decide(1)], LATER));
      const approvals = [
        { by: BOB, at: AT, decision: 'approved', role: 'editor', reason: 'fine' },
        { by: ACTOR, at: LATER.at, decision: 'approved', role: 'editor', reason: '' },
      ];
      expect(await registry.promotion(promotionIdOf(1))).toMatchObject({ status: 'open', approvals });
      await writer.commit(commitOf([decide(1, 'rejected', 'no')], LATER));
      expect(await registry.promotion(promotionIdOf(1))).toMatchObject({
        status: 'rejected',
        closedAt: LATER.at,
        approvals: [
          ...approvals,
          { by: ACTOR, at: LATER.at, decision: 'rejected', role: 'editor', reason: 'no' },
        ],
      });
      expect(await registry.promotions({ model: CHURN })).toEqual([]);
      expect(await registry.promotions({ model: CHURN, isHistory: true })).toHaveLength(1);
      expect(await registry.registeredModel(CHURN)).toMatchObject({ revision: 7, updatedAt: AT });
      const about = { version: 2, details: { promotion: promotionIdOf(1), stage: 'production' } };
      expect((await notesOf(store)).slice(5)).toEqual([
        { action: 'promotion.approved', reason: 'fine', ...about },
        { action: 'promotion.approved', reason: '', ...about },
        { action: 'promotion.rejected', reason: 'no', ...about },
      ]);
    });

    it('is withdrawn', async (store) => {
      const { writer, registry } = store;
      await writer.commit(commitOf([...THREE_VERSIONS, askPromotion(1, 2)]));
      await writer.commit(commitOf([withdraw(1, 'never mind')], LATER));
      expect(await registry.promotion(promotionIdOf(1))).toMatchObject({
        status: 'withdrawn',
        closedAt: LATER.at,
      });
      expect(await registry.registeredModel(CHURN)).toMatchObject({ revision: 5 });
      expect((await notesOf(store)).at(-1)).toEqual({
        action: 'promotion.withdrawn',
        version: 2,
        reason: 'never mind',
        details: { promotion: promotionIdOf(1), alias: 'champion' },
      });
    });

    it('refuses a word on one that is closed or not there', async (store) => {
      const { writer } = store;
      await writer.commit(commitOf([...THREE_VERSIONS, askPromotion(1, 2), askPromotion(2, 3)]));
      await writer.commit(commitOf([decide(1, 'rejected'), withdraw(2)]));
      const log = await notesOf(store);
      for (const change of [decide(1), decide(2, 'rejected'), withdraw(1), withdraw(2)]) {
        await expect(writer.commit(commitOf([change]))).rejects.toMatchObject(CLOSED);
      }
      for (const change of [decide(9), withdraw(9)]) {
        await expect(writer.commit(commitOf([change]))).rejects.toMatchObject({
          code: 'not_found',
          details: { subject: 'promotion', reason: 'missing' },
        });
      }
      expect(await notesOf(store)).toEqual(log);
    });

    it('is superseded by the same wish, which takes its approvals over', async (store) => {
      const { writer, registry } = store;
      await writer.commit(commitOf([...THREE_VERSIONS, askPromotion(1, 2), decide(1), askPromotion(5, 3)]));
      await writer.commit(
        commitOf([askPromotion(3, 2, PRODUCTION), askPromotion(2, 2)], { ...LATER, actor: BOB }),
      );
      expect(await registry.promotion(promotionIdOf(1))).toMatchObject({
        status: 'superseded',
        closedAt: LATER.at,
        approvals: [],
      });
      expect(await registry.promotion(promotionIdOf(2))).toMatchObject({
        status: 'open',
        askedBy: BOB,
        approvals: [{ by: ACTOR, at: AT, decision: 'approved', role: 'editor', reason: '' }],
      });
      for (const other of [3, 5]) {
        expect(await registry.promotion(promotionIdOf(other))).toMatchObject({
          status: 'open',
          approvals: [],
        });
      }
      expect((await notesOf(store)).at(-1)?.details).toEqual({
        promotion: promotionIdOf(2),
        alias: 'champion',
        superseded: promotionIdOf(1),
      });
    });

    it('is done when its version gets the alias; those of other versions are superseded', async (store) => {
      const { writer } = store;
      await writer.commit(
        commitOf([
          ...THREE_VERSIONS,
          askPromotion(1, 1),
          askPromotion(2, 2),
          askPromotion(3, 3),
          askPromotion(4, 2, alias('other')),
          askPromotion(5, 2, stage('champion')),
        ]),
      );
      await writer.commit(commitOf([promote(2)], LATER));
      const expected = ['superseded', 'done', 'superseded', 'open', 'open'];
      expect(await statusesOf(store, expected.length)).toEqual(expected);
      expect(await store.registry.promotion(promotionIdOf(2))).toMatchObject({ closedAt: LATER.at });
      expect((await notesOf(store)).at(-1)?.details).toEqual({
        alias: 'champion',
        to: '2',
        promotion: promotionIdOf(2),
        superseded: `${promotionIdOf(1)}, ${promotionIdOf(3)}`,
      });
    });

    it('is done when its version gets the stage; those of other versions go on', async (store) => {
      const { writer } = store;
      await writer.commit(
        commitOf([
          ...THREE_VERSIONS,
          createRegistered(2, 'b'),
          registerVersion({}, { model: registeredIdOf(2) }),
          askPromotion(1, 1, PRODUCTION),
          askPromotion(2, 2, PRODUCTION),
          askPromotion(3, 2, PRODUCTION, { version: versionOf(1, registeredIdOf(2)) }),
        ]),
      );
      await writer.commit(commitOf([promote(1, PRODUCTION)]));
      expect(await statusesOf(store, 3)).toEqual(['done', 'open', 'open']);
      expect((await notesOf(store)).at(-1)?.details).toEqual({
        from: 'none',
        to: 'production',
        promotion: promotionIdOf(1),
      });
    });

    it('lists those of a model newest first and the open ones of the workspace oldest first', async ({
      writer,
      registry,
    }) => {
      await writer.commit(commitOf([...THREE_VERSIONS, askPromotion(2, 1)]));
      await writer.commit(commitOf([askPromotion(1, 2)], LATER));
      await writer.commit(commitOf([askPromotion(3, 3), withdraw(3)], { at: AT + 2000 }));
      const ids = (all: ReadonlyArray<{ readonly id: string }>) => all.map(({ id }) => Number(id.slice(3)));
      expect(ids(await registry.promotions({ model: CHURN }))).toEqual([1, 2]);
      expect(ids(await registry.promotions({ model: CHURN, isHistory: true }))).toEqual([3, 1, 2]);
      expect(ids(await registry.openPromotions(DEFAULT_WORKSPACE))).toEqual([2, 1]);
      expect(ids(await registry.promotions({ model: registeredIdOf(2) }))).toEqual([]);
    });
  });
}

function withdraw(id: number, reason = ''): Change {
  return { kind: 'withdraw-promotion', promotion: promotionIdOf(id), reason };
}

async function statusesOf({ registry }: Store, count: number): Promise<readonly (string | undefined)[]> {
  const ids = Array.from({ length: count }, (_, i) => promotionIdOf(i + 1));
  const found = await Promise.all(ids.map((id) => registry.promotion(id)));
  return found.map((promotion) => promotion?.status);
}
