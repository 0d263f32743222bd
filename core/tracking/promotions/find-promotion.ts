import { Fault } from '#core/domain/fault.ts';
import type { Promotion } from '#core/domain/gate.ts';
import type { PromotionId } from '#core/domain/ids.ts';
import type { Permission } from '#core/domain/permission.ts';
import type { RegisteredModel } from '#core/domain/registry.ts';
import { authoriseVisibleModel } from '../access/authorise-registry.ts';
import { hideMissing } from '../access/hide-missing.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';

/** A wish to promote, and its model. @throws Fault `not_found` also when the model is deleted, `forbidden`. */
export async function findPromotion(
  ports: Pick<Ports, 'registry' | 'catalog'>,
  principal: Principal,
  ask: { readonly promotion: PromotionId; readonly permission?: Permission },
): Promise<{ readonly promotion: Promotion; readonly model: RegisteredModel }> {
  const { permission = 'registry:read' } = ask;
  const promotion = await ports.registry.promotion(ask.promotion);
  const model = promotion && (await ports.registry.registeredModel(promotion.version.model));
  const notFound = () =>
    new Fault('not_found', `No promotion with id=${ask.promotion}.`, { subject: 'promotion' });
  if (!model) throw hideMissing(principal, { permission, notFound });
  await authoriseVisibleModel(ports, principal, { model, permission, notFound });
  return { promotion, model };
}
