import { assertText } from '#core/domain/names.ts';
import { assertRegisteredName, type RegisteredModel } from '#core/domain/registry.ts';
import { authoriseRegistry } from '../access/authorise-registry.ts';
import type { Principal } from '../access/principal.ts';
import type { Tag } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { changeRegisteredModel } from './change-registered-model.ts';
import { findRegisteredModel, type RegisteredModelRef } from './find-registered-model.ts';
import { assertRegistryTags } from './registry-tags.ts';

/** An owner is a name or an address, not a text. */
const OWNER_LIMIT = 256;

export interface RegisteredModelUpdate {
  readonly newName?: string;
  readonly description?: string;
  readonly owner?: string;
  readonly setTags?: readonly Tag[];
  /** Keys; one that is not there changes nothing. */
  readonly removeTags?: readonly string[];
}

/** Sets what is present; a new name is also that of its versions, and an admin's to give to a model with gates. @throws Fault `invalid`, `not_found`, `forbidden`, `conflict` when the name is taken. */
export async function updateRegisteredModel(
  ports: Pick<Ports, 'catalog' | 'registry' | 'writer' | 'clock'>,
  principal: Principal,
  ask: RegisteredModelRef & RegisteredModelUpdate,
): Promise<RegisteredModel> {
  const { description, newName, owner, removeTags = [], setTags = [] } = ask;
  if (newName !== undefined) {
    assertRegisteredName(newName);
    assertText('name', newName);
  }
  assertText('description', description ?? '');
  assertText('owner', owner ?? '', OWNER_LIMIT);
  assertRegistryTags(setTags);
  const model = await findRegisteredModel(ports, principal, { ...ask, permission: 'registry:write' });
  // Its gates would go with it: whoever asks for the old name would get what a new model of that name offers without them.
  if (newName !== undefined && newName !== model.name && model.gates.length > 0) {
    await authoriseRegistry(ports, principal, { permission: 'registry:admin', model });
  }
  const change = {
    kind: 'update-registered-model',
    model: model.id,
    ...(newName !== undefined && { name: newName }),
    ...(description !== undefined && { description }),
    ...(owner !== undefined && { owner }),
  } as const;
  const changes = [
    change,
    ...(setTags.length > 0 ? [{ kind: 'set-registered-tags', model: model.id, tags: setTags } as const] : []),
    ...removeTags.map((key) => ({ kind: 'delete-registered-tag', model: model.id, key }) as const),
  ];
  return changeRegisteredModel(ports, principal, { model, changes });
}
