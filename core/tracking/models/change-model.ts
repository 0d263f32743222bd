import type { ModelId } from '#core/domain/ids.ts';
import type { LoggedModel, ModelStatus } from '#core/domain/logged-model.ts';
import { assertText } from '#core/domain/names.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Change, ModelChange, Tag } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { findModel } from './find-model.ts';

type Needs = Pick<Ports, 'catalog' | 'writer' | 'clock'>;
type OfModel<More = unknown> = { readonly model: ModelId } & More;

/** Moves a model to its status; `ready` seals its files as a manifest in the same commit. @throws Fault `not_found`, `forbidden`. */
export async function finaliseModel(
  ports: Needs,
  principal: Principal,
  ask: OfModel<{ status: ModelStatus; statusMessage?: string }>,
): Promise<LoggedModel> {
  assertText('status_message', ask.statusMessage ?? '');
  await change(ports, principal, { kind: 'finalise-model', ...ask });
  return findModel(ports, principal, { model: ask.model });
}

/** @throws Fault `not_found`, `forbidden`, `invalid` when a param has another value already. */
export async function addModelParams(
  ports: Needs,
  principal: Principal,
  ask: OfModel<{ params: readonly Tag[] }>,
): Promise<void> {
  assertTexts(ask.params);
  await change(ports, principal, { kind: 'set-model-params', ...ask });
}

/** @throws Fault `not_found`, `forbidden`. */
export async function tagModel(
  ports: Needs,
  principal: Principal,
  ask: OfModel<{ tags: readonly Tag[] }>,
): Promise<LoggedModel> {
  assertTexts(ask.tags);
  await change(ports, principal, { kind: 'set-model-tags', ...ask });
  return findModel(ports, principal, { model: ask.model });
}

/** @throws Fault `not_found` also for the key, `forbidden`. */
export async function untagModel(
  ports: Needs,
  principal: Principal,
  ask: OfModel<{ key: string }>,
): Promise<void> {
  await change(ports, principal, { kind: 'delete-model-tag', ...ask });
}

/** Hides a model. @throws Fault `not_found`, `forbidden`. */
export async function deleteModel(ports: Needs, principal: Principal, ask: OfModel): Promise<void> {
  await change(ports, principal, { kind: 'delete-model', ...ask });
}

async function change(
  ports: Needs,
  principal: Principal,
  step: Extract<ModelChange, { model: ModelId }>,
): Promise<void> {
  await findModel(ports, principal, { model: step.model, permission: 'model:write' });
  const changes: Change[] = [step];
  if (step.kind === 'delete-model') {
    changes.push(audited(principal, { action: 'model.deleted', subject: `model ${step.model}` }));
  }
  await ports.writer.commit({ actor: actorOf(principal), at: ports.clock.now(), changes });
}

function assertTexts(pairs: readonly Tag[]): void {
  for (const { key, value } of pairs) {
    assertText('key', key);
    assertText('value', value);
  }
}
