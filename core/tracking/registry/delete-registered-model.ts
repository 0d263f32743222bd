import { assertText } from '#core/domain/names.ts';
import { authoriseRegistry } from '../access/authorise-registry.ts';
import type { Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';
import { commitOnRevision } from '../promotions/commit-on-revision.ts';
import { findRegisteredModel, type RegisteredModelRef } from './find-registered-model.ts';

/**
 * Hides it with its versions and frees its name. One with gates is an admin's to delete: else whoever may not move a guarded alias could
 * remove it, or make the name anew without its gates. @throws Fault `not_found`, `forbidden`.
 */
export async function deleteRegisteredModel(
  ports: Pick<Ports, 'catalog' | 'registry' | 'writer' | 'clock'>,
  principal: Principal,
  ask: RegisteredModelRef & { readonly reason?: string },
): Promise<void> {
  const { reason = '' } = ask;
  assertText('reason', reason);
  await commitOnRevision(ports, principal, async () => {
    const model = await findRegisteredModel(ports, principal, { ...ask, permission: 'registry:write' });
    if (model.gates.length > 0) {
      await authoriseRegistry(ports, principal, { permission: 'registry:admin', model });
    }
    const { id, name, revision, versions } = model;
    const note = audited(principal, {
      action: 'registered.deleted',
      subject: `registered model ${id}`,
      details: { name, versions: String(versions) },
    });
    return { changes: [{ kind: 'delete-registered-model', model: id, reason, revision }, note] };
  });
}
