import { isSameTarget, type Promotion } from '#core/domain/gate.ts';
import type { PromotionId } from '#core/domain/ids.ts';
import type { RegistryChange } from '#core/tracking/ports/registry-change.ts';
import { noPromotion, promotionClosed, registeredIdTaken } from '#storage/sql/refusals.ts';
import { promotionChanged } from '#storage/sql/registry-notes.ts';
import { activeRegistered, activeVersion, revise, versionKey, writeDown } from './registered.ts';
import type { Applying } from './state.ts';

type Of<Kind extends RegistryChange['kind']> = Extract<RegistryChange, { kind: Kind }>;

export function askPromotion(applying: Applying, change: Of<'ask-promotion'>): void {
  const { state, actor, at } = applying;
  const { id, target, reason } = change;
  const { version } = activeVersion(applying, change.version);
  if (state.promotions.has(id)) throw registeredIdTaken('promotion', id);
  const before = openOnes(applying, (one) => {
    return versionKey(one.version) === versionKey(version) && isSameTarget(one.target, target);
  });
  const ref = { model: version.model, number: version.number };
  state.promotions.set(id, {
    id,
    version: ref,
    target,
    askedBy: actor,
    askedAt: at,
    reason,
    status: 'open',
    approvals: before.flatMap(({ approvals }) => approvals),
    archiveOthers: change.archiveOthers,
  });
  for (const one of before) close(applying, { ...one, approvals: [] }, 'superseded');
  revise(applying, ref.model);
  const asked = { id, version: ref.number, target, superseded: before.map((one) => one.id) };
  writeDown(applying, ref.model, promotionChanged('asked', asked, reason));
}

export function decidePromotion(applying: Applying, change: Of<'decide-promotion'>): void {
  const { state, actor, at } = applying;
  const { decision, reason, role } = change;
  const promotion = openPromotion(applying, change.promotion);
  const approvals = [...promotion.approvals, { by: actor, at, decision, role, reason }];
  const decided = { ...promotion, approvals };
  if (decision === 'rejected') close(applying, decided, 'rejected');
  else state.promotions.set(promotion.id, decided);
  noteChange(applying, decision, { promotion, reason });
}

export function withdrawPromotion(applying: Applying, change: Of<'withdraw-promotion'>): void {
  const promotion = openPromotion(applying, change.promotion);
  close(applying, promotion, 'withdrawn');
  noteChange(applying, 'withdrawn', { promotion, reason: change.reason });
}

/** Withdraws open promotions; their ids. */
export function withdrawAll(
  applying: Applying,
  isMeant: (promotion: Promotion) => boolean,
): readonly PromotionId[] {
  return closeAll(applying, 'withdrawn', isMeant);
}

/** Closes open promotions; their ids. */
export function closeAll(
  applying: Applying,
  status: 'done' | 'superseded' | 'withdrawn',
  isMeant: (promotion: Promotion) => boolean,
): readonly PromotionId[] {
  const meant = openOnes(applying, isMeant);
  for (const promotion of meant) close(applying, promotion, status);
  return meant.map(({ id }) => id);
}

function openOnes({ state }: Applying, isMeant: (promotion: Promotion) => boolean): readonly Promotion[] {
  const open = state.promotions.values().filter(({ status }) => status === 'open');
  return open.filter(isMeant).toArray();
}

/** @throws Fault `not_found`, `invalid` (wrong-state). */
function openPromotion(applying: Applying, id: PromotionId): Promotion {
  const promotion = applying.state.promotions.get(id);
  if (!promotion) throw noPromotion(id);
  activeRegistered(applying, promotion.version.model);
  if (promotion.status !== 'open') throw promotionClosed(id, promotion.status);
  return promotion;
}

function close({ state, at }: Applying, promotion: Promotion, status: Promotion['status']): void {
  state.promotions.set(promotion.id, { ...promotion, status, closedAt: at });
}

function noteChange(
  applying: Applying,
  what: 'approved' | 'rejected' | 'withdrawn',
  { promotion, reason }: { readonly promotion: Promotion; readonly reason: string },
): void {
  const { id, target, version } = promotion;
  revise(applying, version.model);
  const changed = { id, version: version.number, target };
  writeDown(applying, version.model, promotionChanged(what, changed, reason));
}
