import { Fault } from '#core/domain/fault.ts';
import type { WorkspaceId } from '#core/domain/ids.ts';
import { assertText } from '#core/domain/names.ts';
import { assertRegisteredName, type RegisteredModel } from '#core/domain/registry.ts';
import { authoriseNewModel } from '../access/authorise-registry.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import type { Tag } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { assertRegistryTags } from './registry-tags.ts';

export interface CreateRegisteredModel {
  readonly workspace: WorkspaceId;
  readonly name: string;
  readonly description?: string;
  readonly tags?: readonly Tag[];
}

/** @throws Fault `invalid`, `forbidden`, `conflict` (exists) when the name is taken. */
export async function createRegisteredModel(
  ports: Pick<Ports, 'catalog' | 'registry' | 'writer' | 'clock' | 'ids'>,
  principal: Principal,
  ask: CreateRegisteredModel,
): Promise<RegisteredModel> {
  const { description = '', name, tags = [], workspace } = ask;
  await authoriseNewModel(ports, principal, workspace);
  assertRegisteredName(name);
  assertText('name', name);
  assertText('description', description);
  assertRegistryTags(tags);
  const id = ports.ids.registeredModelId();
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [{ kind: 'create-registered-model', id, workspace, name, description, tags }],
  });
  const model = await ports.registry.registeredModel(id);
  if (!model) throw new Fault('internal', 'The registered model that was just created cannot be read.');
  return model;
}
