import { gateOf } from '#core/domain/gate.ts';
import { assertText } from '#core/domain/names.ts';
import { authoriseRegistry } from '../access/authorise-registry.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { commitOnRevision } from './commit-on-revision.ts';
import { findRegisteredModel, type RegisteredModelRef } from '../registry/find-registered-model.ts';

/** Takes an alias away; one that a gate stands before is an admin's to take. Idempotent. @throws Fault `not_found`, `forbidden`. */
export async function removeAlias(
  ports: Pick<Ports, 'registry' | 'catalog' | 'writer' | 'clock'>,
  principal: Principal,
  ask: RegisteredModelRef & { readonly alias: string; readonly reason?: string },
): Promise<void> {
  const { alias, reason = '' } = ask;
  assertText('reason', reason);
  await commitOnRevision(ports, principal, async () => {
    const model = await findRegisteredModel(ports, principal, { ...ask, permission: 'registry:write' });
    if (gateOf(model.gates, { kind: 'alias', name: alias })) {
      await authoriseRegistry(ports, principal, { model, permission: 'registry:admin' });
    }
    const { id, revision } = model;
    return { changes: [{ kind: 'remove-alias', model: id, alias, reason, revision }] };
  });
}
