import { promotionId, workspaceId } from '#core/domain/ids.ts';
import { namesOf } from '#core/tracking/answers/names-of.ts';
import { shownPromotion } from '#core/tracking/answers/shown-promotion.ts';
import { checkGate } from '#core/tracking/promotions/check-gate.ts';
import { decidePromotion } from '#core/tracking/promotions/decide-promotion.ts';
import { listPromotions } from '#core/tracking/promotions/list-promotions.ts';
import { promoteVersion } from '#core/tracking/promotions/promote-version.ts';
import { rollBack } from '#core/tracking/promotions/roll-back.ts';
import { withdrawPromotion } from '#core/tracking/promotions/withdraw-promotion.ts';
import type { Operations } from '../operation.ts';
import { presentPromotion } from '../present-registry.ts';

type Name =
  | 'checkGate'
  | 'promoteVersion'
  | 'rollBack'
  | 'decidePromotion'
  | 'withdrawPromotion'
  | 'listPromotions';

export const promotionOperations: Pick<Operations, Name> = {
  checkGate: async ({ ports, principal, params, query }) => {
    const { kind, name, workspace } = query;
    const target = { kind, name };
    const standing = await checkGate(ports, principal, {
      ...params,
      workspace: workspaceId(workspace),
      target,
    });
    return { ...standing, checks: standing.checks.map((check) => ({ ...check })) };
  },

  promoteVersion: async ({ ports, principal, params, query, body }) => {
    const { expectedHolder, ...wanted } = body;
    const { checks, outcome, promotion } = await promoteVersion(ports, principal, {
      ...params,
      ...wanted,
      workspace: workspaceId(query.workspace),
      ...(expectedHolder !== undefined && { expectedHolder }),
    });
    const shown = promotion && (await shownPromotion(ports, principal, promotion));
    return {
      outcome,
      checks: checks.map((check) => ({ ...check })),
      ...(shown && { promotion: presentPromotion(await namesOf(ports), shown) }),
    };
  },

  rollBack: async ({ ports, principal, params, query, body }) => {
    const { expectedHolder, ...wanted } = body;
    return rollBack(ports, principal, {
      ...params,
      ...wanted,
      workspace: workspaceId(query.workspace),
      ...(expectedHolder !== undefined && { expectedHolder }),
    });
  },

  decidePromotion: async ({ ports, principal, params, body }) => {
    const promotion = promotionId(params.promotion);
    const decided = await decidePromotion(ports, principal, { promotion, ...body });
    return presentPromotion(await namesOf(ports), await shownPromotion(ports, principal, decided));
  },

  withdrawPromotion: async ({ ports, principal, params, body }) => {
    const promotion = promotionId(params.promotion);
    const withdrawn = await withdrawPromotion(ports, principal, { promotion, ...body });
    return presentPromotion(await namesOf(ports), await shownPromotion(ports, principal, withdrawn));
  },

  listPromotions: async ({ ports, principal, query }) => {
    const open = await listPromotions(ports, principal, { workspace: workspaceId(query.workspace) });
    const nameOf = await namesOf(ports);
    return { promotions: open.map((one) => presentPromotion(nameOf, one)) };
  },
};
