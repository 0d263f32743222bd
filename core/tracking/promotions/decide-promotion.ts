import { Fault } from '#core/domain/fault.ts';
import { gateOf, mayApproveWishOf, type Approval, type Promotion } from '#core/domain/gate.ts';
import type { PromotionId } from '#core/domain/ids.ts';
import { assertText } from '#core/domain/names.ts';
import type { RegisteredModel } from '#core/domain/registry.ts';
import { authoriseRegistry, registryReach } from '../access/authorise-registry.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { standingOf } from './check-gate.ts';
import { commitOnRevision } from './commit-on-revision.ts';
import { findPromotion } from './find-promotion.ts';
import type { PromotionNeeds } from './promote-version.ts';

/**
 * Somebody's word on a wish to promote. The approval that completes the gate carries it out; when another check fails by then, or
 * the version is deprecated, the wish stays open. @throws Fault `not_found`, `forbidden`, `invalid` (wrong-state) when it is closed.
 */
export async function decidePromotion(
  ports: PromotionNeeds,
  principal: Principal,
  ask: {
    readonly promotion: PromotionId;
    readonly decision: Approval['decision'];
    readonly reason?: string;
  },
): Promise<Promotion> {
  const reason = ask.reason ?? '';
  assertText('reason', reason);
  const { promotion, model } = await findPromotion(ports, principal, {
    promotion: ask.promotion,
    permission: 'registry:approve',
  });
  await assertMayDecide(ports, principal, { promotion, model, decision: ask.decision });
  const reaches = await registryReach(ports, principal, model.workspace);
  const change = {
    kind: 'decide-promotion',
    promotion: promotion.id,
    decision: ask.decision,
    role: reaches('registry:admin', model) ? 'admin' : 'editor',
    reason,
  } as const;
  await ports.writer.commit({ actor: actorOf(principal), at: ports.clock.now(), changes: [change] });
  if (ask.decision === 'approved') await carryOut(ports, principal, promotion);
  return (await findPromotion(ports, principal, { promotion: promotion.id })).promotion;
}

/** @throws Fault `forbidden`: the gate wants a higher role, or the asker approves himself. */
async function assertMayDecide(
  ports: PromotionNeeds,
  principal: Principal,
  ask: {
    readonly promotion: Promotion;
    readonly model: RegisteredModel;
    readonly decision: Approval['decision'];
  },
): Promise<void> {
  const { promotion, model, decision } = ask;
  const { askedBy, target } = promotion;
  if (gateOf(model.gates, target)?.approval?.role === 'admin') {
    await authoriseRegistry(ports, principal, { model, permission: 'registry:admin' });
  }
  if (decision === 'approved' && !mayApproveWishOf(askedBy, principal)) {
    throw new Fault('forbidden', 'Whoever asked for a promotion does not approve it himself.');
  }
}

async function carryOut(ports: PromotionNeeds, principal: Principal, promotion: Promotion): Promise<void> {
  const { target, version: ref, reason } = promotion;
  await commitOnRevision(ports, principal, async () => {
    const [model, version] = await Promise.all([
      ports.registry.registeredModel(ref.model),
      ports.registry.modelVersion(ref),
    ]);
    if (!model || !version || version.deprecated) return { changes: [] };
    const checks = await standingOf(ports, { model, version, target });
    if (checks.some(({ isPassed }) => !isPassed)) return { changes: [] };
    const { revision } = model;
    const { archiveOthers } = promotion;
    const change = {
      kind: 'promote',
      version: ref,
      target,
      reason,
      checks,
      revision,
      archiveOthers,
    } as const;
    return { changes: [change] };
  });
}
