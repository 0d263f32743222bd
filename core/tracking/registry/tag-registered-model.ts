import type { RegisteredModel } from '#core/domain/registry.ts';
import type { Principal } from '../access/principal.ts';
import type { Tag } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { changeRegisteredModel } from './change-registered-model.ts';
import { findRegisteredModel, type RegisteredModelRef } from './find-registered-model.ts';
import { assertRegistryTags } from './registry-tags.ts';

type Needs = Pick<Ports, 'catalog' | 'registry' | 'writer' | 'clock'>;

/** Upserts; the last of equal keys wins. @throws Fault `invalid`, `not_found`, `forbidden`. */
export async function tagRegisteredModel(
  ports: Needs,
  principal: Principal,
  ask: RegisteredModelRef & { readonly tags: readonly Tag[] },
): Promise<RegisteredModel> {
  const { tags } = ask;
  assertRegistryTags(tags);
  const model = await findRegisteredModel(ports, principal, { ...ask, permission: 'registry:write' });
  return changeRegisteredModel(ports, principal, {
    model,
    changes: [{ kind: 'set-registered-tags', model: model.id, tags }],
  });
}

/** A tag that is not there changes nothing. @throws Fault `not_found` without the model, `forbidden`. */
export async function untagRegisteredModel(
  ports: Needs,
  principal: Principal,
  ask: RegisteredModelRef & { readonly key: string },
): Promise<RegisteredModel> {
  const model = await findRegisteredModel(ports, principal, { ...ask, permission: 'registry:write' });
  return changeRegisteredModel(ports, principal, {
    model,
    changes: [{ kind: 'delete-registered-tag', model: model.id, key: ask.key }],
  });
}
