import { Fault } from '#core/domain/fault.ts';
import type { Promotion } from '#core/domain/gate.ts';
import type { RegisteredModel, VersionRef } from '#core/domain/registry.ts';
import { registryReach } from '../access/authorise-registry.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import type { GateNeeds } from '../promotions/gate-context.ts';
import { openPromotion, type OpenPromotion } from '../promotions/list-promotions.ts';

/** A wish to promote as whoever just changed it is shown it: with how its gate stands while it is open. */
export async function shownPromotion(
  ports: GateNeeds,
  principal: Principal,
  promotion: Promotion,
): Promise<Pick<OpenPromotion, 'promotion' | 'model'> & Partial<OpenPromotion>> {
  const model = await modelNamed(ports, promotion);
  if (promotion.status !== 'open') return { promotion, model };
  const reaches = await registryReach(ports, principal, model.workspace);
  return openPromotion(ports, principal, { promotion, model, reaches });
}

/** The model of something that was found a moment ago. @throws Fault `not_found` when it was deleted meanwhile. */
export async function modelNamed(
  ports: Pick<Ports, 'registry'>,
  { version }: { readonly version: VersionRef },
): Promise<RegisteredModel> {
  const model = await ports.registry.registeredModel(version.model);
  if (!model) throw new Fault('not_found', `Registered Model with id=${version.model} not found`);
  return model;
}
