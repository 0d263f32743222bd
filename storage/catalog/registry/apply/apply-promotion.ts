import { isSameTarget, type Promotion } from '#core/domain/gate.ts';
import type { PromotionId } from '#core/domain/ids.ts';
import type { RegisteredModel } from '#core/domain/registry.ts';
import type { RegistryChange } from '#core/tracking/ports/registry-change.ts';
import { noPromotion, promotionClosed, registeredIdTaken } from '#storage/sql/refusals.ts';
import { promotionChanged } from '#storage/sql/registry-notes.ts';
import type { Applying } from '../../applying.ts';
import { addPromotion, closePromotion, openOnes, promotionWith, storePromotion } from '../promotions.ts';
import { activeRegistered, revised, storeRegistered } from '../registered-models.ts';
import { writeDown } from '../registry-entries.ts';
import { activeVersion } from '../versions.ts';

type Of<Kind extends RegistryChange['kind']> = Extract<RegistryChange, { kind: Kind }>;

export async function askPromotion(applying: Applying, change: Of<'ask-promotion'>): Promise<void> {
  const { db, actor, at } = applying;
  const { id, target, reason } = change;
  const { model, version } = await activeVersion(applying, change.version);
  if (await promotionWith(db, id)) throw registeredIdTaken('promotion', id);
  const before = (await openOnes(applying, model.id)).filter((one) => {
    return one.version.number === version.number && isSameTarget(one.target, target);
  });
  await addPromotion(applying, {
    id,
    version: { model: model.id, number: version.number },
    target,
    askedBy: actor,
    askedAt: at,
    reason,
    status: 'open',
    approvals: before.flatMap(({ approvals }) => approvals),
    archiveOthers: change.archiveOthers,
  });
  for (const one of before) await closePromotion(applying, { ...one, approvals: [] }, 'superseded');
  await storeRegistered(applying, revised(model));
  const superseded = before.map((one) => one.id);
  const asked = { id, version: version.number, target, superseded };
  await writeDown(applying, model.id, promotionChanged('asked', asked, reason));
}

export async function decidePromotion(applying: Applying, change: Of<'decide-promotion'>): Promise<void> {
  const { actor, at } = applying;
  const { decision, reason, role } = change;
  const { model, promotion } = await openPromotion(applying, change.promotion);
  const approvals = [...promotion.approvals, { by: actor, at, decision, role, reason }];
  const decided = { ...promotion, approvals };
  if (decision === 'rejected') await closePromotion(applying, decided, 'rejected');
  else await storePromotion(applying, decided);
  await note(applying, decision, { model, promotion, reason });
}

export async function withdrawPromotion(applying: Applying, change: Of<'withdraw-promotion'>): Promise<void> {
  const { model, promotion } = await openPromotion(applying, change.promotion);
  await closePromotion(applying, promotion, 'withdrawn');
  await note(applying, 'withdrawn', { model, promotion, reason: change.reason });
}

interface OpenPromotion {
  readonly model: RegisteredModel;
  readonly promotion: Promotion;
}

/** @throws Fault `not_found`, `invalid` (wrong-state). */
async function openPromotion(applying: Applying, id: PromotionId): Promise<OpenPromotion> {
  const promotion = await promotionWith(applying.db, id);
  if (!promotion) throw noPromotion(id);
  const model = await activeRegistered(applying, promotion.version.model);
  if (promotion.status !== 'open') throw promotionClosed(id, promotion.status);
  return { model, promotion };
}

async function note(
  applying: Applying,
  what: 'approved' | 'rejected' | 'withdrawn',
  { model, promotion, reason }: OpenPromotion & { readonly reason: string },
): Promise<void> {
  const { id, target, version } = promotion;
  await storeRegistered(applying, revised(model));
  const changed = { id, version: version.number, target };
  await writeDown(applying, model.id, promotionChanged(what, changed, reason));
}
