import type { Promotion } from '#core/domain/gate.ts';
import type { PromotionId } from '#core/domain/ids.ts';
import { assertText } from '#core/domain/names.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { findPromotion } from './find-promotion.ts';

/** Takes an open wish back: anybody who may write the model. @throws Fault `not_found`, `forbidden`, `invalid` (wrong-state). */
export async function withdrawPromotion(
  ports: Pick<Ports, 'registry' | 'catalog' | 'writer' | 'clock'>,
  principal: Principal,
  ask: { readonly promotion: PromotionId; readonly reason?: string },
): Promise<Promotion> {
  const reason = ask.reason ?? '';
  assertText('reason', reason);
  await findPromotion(ports, principal, { promotion: ask.promotion, permission: 'registry:write' });
  const change = { kind: 'withdraw-promotion', promotion: ask.promotion, reason } as const;
  await ports.writer.commit({ actor: actorOf(principal), at: ports.clock.now(), changes: [change] });
  return (await findPromotion(ports, principal, ask)).promotion;
}
