import { Fault } from '#core/domain/fault.ts';
import { registeredModelId, type RegisteredModelId, type WorkspaceId } from '#core/domain/ids.ts';
import type { Permission } from '#core/domain/permission.ts';
import type { RegisteredModel } from '#core/domain/registry.ts';
import { authoriseVisibleModel } from '../access/authorise-registry.ts';
import { hideMissing } from '../access/hide-missing.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';

/** Which registered model: names are of a workspace, ids stay when it is renamed; `model` is either, as people and URLs say it. */
export type RegisteredModelRef = { readonly workspace: WorkspaceId } & (
  | { readonly name: string }
  | { readonly id: RegisteredModelId }
  | { readonly model: string }
);

/** @throws Fault `not_found` also when deleted or in another workspace, `forbidden`. */
export async function findRegisteredModel(
  ports: Pick<Ports, 'catalog' | 'registry'>,
  principal: Principal,
  ask: RegisteredModelRef & { readonly permission?: Permission },
): Promise<RegisteredModel> {
  const { permission = 'registry:read', workspace } = ask;
  const model = await lookUp(ports, ask);
  const named = 'id' in ask ? `id=${ask.id}` : `name=${nameIn(ask).slice(0, 256)}`;
  const notFound = () =>
    new Fault('not_found', `Registered Model with ${named} not found`, {
      subject: 'registered model',
    });
  if (model?.workspace !== workspace) throw hideMissing(principal, { permission, notFound });
  await authoriseVisibleModel(ports, principal, { permission, model, notFound });
  return model;
}

async function lookUp(
  { registry }: Pick<Ports, 'registry'>,
  ref: RegisteredModelRef,
): Promise<RegisteredModel | undefined> {
  if ('id' in ref) return registry.registeredModel(ref.id);
  const named = await registry.registeredModelNamed(ref.workspace, nameIn(ref));
  const isId = 'model' in ref && /^rm-[0-9a-f]{32}$/.test(ref.model);
  return named ?? (isId ? registry.registeredModel(registeredModelId(ref.model)) : undefined);
}

function nameIn(ref: Exclude<RegisteredModelRef, { readonly id: RegisteredModelId }>): string {
  return 'name' in ref ? ref.name : ref.model;
}
