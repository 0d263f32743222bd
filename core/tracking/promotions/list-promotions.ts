import { gateOf, mayApproveWishOf, type CheckResult, type Promotion } from '#core/domain/gate.ts';
import type { WorkspaceId } from '#core/domain/ids.ts';
import type { RegisteredModel } from '#core/domain/registry.ts';
import { registryReach, type RegistryReach } from '../access/authorise-registry.ts';
import type { Principal } from '../access/principal.ts';
import { standingOf } from './check-gate.ts';
import type { GateNeeds } from './gate-context.ts';

/** A wish, how its gate stands, and whether whoever asks may approve it. */
export interface OpenPromotion {
  readonly promotion: Promotion;
  readonly model: RegisteredModel;
  readonly checks: readonly CheckResult[];
  readonly mayApprove: boolean;
}

/** Open promotions of the models that one may read, oldest first. */
export async function listPromotions(
  ports: GateNeeds,
  principal: Principal,
  ask: { readonly workspace: WorkspaceId },
): Promise<readonly OpenPromotion[]> {
  const reaches = await registryReach(ports, principal, ask.workspace);
  const open: OpenPromotion[] = [];
  for (const promotion of await ports.registry.openPromotions(ask.workspace)) {
    const model = await ports.registry.registeredModel(promotion.version.model);
    if (!model || !reaches('registry:read', model)) continue;
    open.push(await openPromotion(ports, principal, { promotion, model, reaches }));
  }
  return open;
}

/** The same of one that may be read. */
export async function openPromotion(
  ports: GateNeeds,
  principal: Principal,
  ask: { readonly promotion: Promotion; readonly model: RegisteredModel; readonly reaches: RegistryReach },
): Promise<OpenPromotion> {
  const { promotion, model, reaches } = ask;
  const version = await ports.registry.modelVersion(promotion.version);
  const { target } = promotion;
  const checks = version ? await standingOf(ports, { model, version, target }) : [];
  return { promotion, model, checks, mayApprove: mayApprove(principal, { promotion, model, reaches }) };
}

function mayApprove(
  principal: Principal,
  {
    promotion,
    model,
    reaches,
  }: {
    readonly promotion: Promotion;
    readonly model: RegisteredModel;
    readonly reaches: RegistryReach;
  },
): boolean {
  const { askedBy, target, status } = promotion;
  if (status !== 'open' || !mayApproveWishOf(askedBy, principal)) return false;
  const needed =
    gateOf(model.gates, target)?.approval?.role === 'admin' ? 'registry:admin' : 'registry:approve';
  return reaches(needed, model);
}
