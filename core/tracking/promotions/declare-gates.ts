import { Fault } from '#core/domain/fault.ts';
import { assertGate, isSameTarget, type Gate } from '#core/domain/gate.ts';
import { assertText } from '#core/domain/names.ts';
import type { RegisteredModel } from '#core/domain/registry.ts';
import type { Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';
import { changeRegisteredModel } from '../registry/change-registered-model.ts';
import { findRegisteredModel, type RegisteredModelRef } from '../registry/find-registered-model.ts';
import { assertTarget } from './promote-version.ts';

/** Replaces what stages and aliases of a model ask of a version. @throws Fault `not_found`, `forbidden`, `invalid`. */
export async function declareGates(
  ports: Pick<Ports, 'registry' | 'catalog' | 'writer' | 'clock'>,
  principal: Principal,
  ask: RegisteredModelRef & { readonly gates: readonly Gate[]; readonly reason?: string },
): Promise<RegisteredModel> {
  const { reason = '' } = ask;
  assertText('reason', reason);
  const gates = ask.gates.map((gate): Gate => ({ ...gate, target: assertTarget(gate.target) }));
  for (const [at, gate] of gates.entries()) {
    assertGate(gate);
    assertText('gates', JSON.stringify(gate));
    if (gates.findIndex(({ target }) => isSameTarget(target, gate.target)) !== at) {
      throw new Fault('invalid', `Two gates for the ${gate.target.kind} '${gate.target.name}'.`, {
        field: 'gates',
      });
    }
  }
  const model = await findRegisteredModel(ports, principal, { ...ask, permission: 'registry:admin' });
  const note = audited(principal, {
    action: 'gates.declared',
    subject: `registered model ${model.id}`,
    details: { name: model.name, gates: String(gates.length) },
  });
  const changes = [{ kind: 'declare-gates', model: model.id, gates, reason } as const, note];
  return changeRegisteredModel(ports, principal, { model, changes });
}
