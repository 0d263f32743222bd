import { Fault } from '#core/domain/fault.ts';
import type { RegisteredModel } from '#core/domain/registry.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import type { Change } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';

/** Commits changes of one registered model, which the caller has authorised, and reads it again. */
export async function changeRegisteredModel(
  ports: Pick<Ports, 'registry' | 'writer' | 'clock'>,
  principal: Principal,
  { model, changes }: { readonly model: RegisteredModel; readonly changes: readonly Change[] },
): Promise<RegisteredModel> {
  await ports.writer.commit({ actor: actorOf(principal), at: ports.clock.now(), changes });
  const changed = await ports.registry.registeredModel(model.id);
  if (!changed) throw new Fault('not_found', `Registered Model with name=${model.name} not found`);
  return changed;
}
