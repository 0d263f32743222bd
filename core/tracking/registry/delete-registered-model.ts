import { assertText } from '#core/domain/names.ts';
import { authoriseRegistry } from '../access/authorise-registry.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';
import { findRegisteredModel, type RegisteredModelRef } from './find-registered-model.ts';
import { holdsGuarded } from './guarded-targets.ts';

/**
 * Hides it with its versions and frees its name. One of which a version holds what a gate stands before is an admin's to delete: else whoever
 * may not move a guarded alias could remove it. @throws Fault `not_found`, `forbidden`.
 */
export async function deleteRegisteredModel(
  ports: Pick<Ports, 'catalog' | 'registry' | 'writer' | 'clock'>,
  principal: Principal,
  ask: RegisteredModelRef & { readonly reason?: string },
): Promise<void> {
  const { reason = '' } = ask;
  assertText('reason', reason);
  const model = await findRegisteredModel(ports, principal, { ...ask, permission: 'registry:write' });
  if (holdsGuarded(model)) await authoriseRegistry(ports, principal, { permission: 'registry:admin', model });
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [
      { kind: 'delete-registered-model', model: model.id, reason },
      audited(principal, {
        action: 'registered.deleted',
        subject: `registered model ${model.id}`,
        details: { name: model.name, versions: String(model.versions) },
      }),
    ],
  });
}
