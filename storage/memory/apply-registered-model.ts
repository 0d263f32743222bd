import type { RegistryChange } from '#core/tracking/ports/registry-change.ts';
import {
  assertRevision,
  noWorkspace,
  registeredIdTaken,
  registeredNameTaken,
} from '#storage/sql/refusals.ts';
import {
  gatesDeclared,
  modelCreated,
  modelDeleted,
  modelUpdated,
  tagged,
  untagged,
} from '#storage/sql/registry-notes.ts';
import { endDeployments } from './apply-deployment.ts';
import { withdrawAll } from './apply-promotion.ts';
import { activeRegistered, keepRegistered, revise, versionsOf, writeDown } from './registered.ts';
import type { Applying, RegisteredRow } from './state.ts';

type Of<Kind extends RegistryChange['kind']> = Extract<RegistryChange, { kind: Kind }>;

export function createRegistered(applying: Applying, change: Of<'create-registered-model'>): void {
  const { state, at, actor } = applying;
  const { id, workspace, name, description, tags } = change;
  if (!state.workspaces.has(workspace)) throw noWorkspace(workspace);
  assertNameFree(applying, { workspace, name });
  if (state.registered.has(id)) throw registeredIdTaken('registered model', id);
  keepRegistered(applying, {
    id,
    workspace,
    name,
    description,
    owner: '',
    createdAt: at,
    updatedAt: at,
    createdBy: actor,
    tags: new Map(tags.map(({ key, value }) => [key, value])),
    aliases: new Map(),
    gates: [],
    lastVersion: 0,
    revision: 0,
  });
  writeDown(applying, id, modelCreated(name));
}

export function updateRegistered(applying: Applying, change: Of<'update-registered-model'>): void {
  const model = activeRegistered(applying, change.model);
  const { name = model.name, description = model.description, owner = model.owner } = change;
  if (name !== model.name) assertNameFree(applying, { workspace: model.workspace, name });
  const updated = { ...model, name, description, owner };
  const note = modelUpdated(model, updated);
  if (!note) return;
  keepRegistered(applying, updated);
  writeDown(applying, model.id, note);
}

export function deleteRegistered(applying: Applying, change: Of<'delete-registered-model'>): void {
  const { state, at } = applying;
  const model = activeRegistered(applying, change.model);
  assertRevision(model, change.revision);
  const versions = versionsOf(state, model.id).length;
  const closed = {
    withdrawn: withdrawAll(applying, ({ version }) => version.model === model.id),
    ended: endDeployments(applying, at, ({ version }) => version.model === model.id),
  };
  keepRegistered(applying, { ...model, deletedAt: at });
  const note = modelDeleted({ name: model.name, versions }, { ...closed, reason: change.reason });
  writeDown(applying, model.id, note);
}

export function setRegisteredTags(applying: Applying, change: Of<'set-registered-tags'>): void {
  const model = activeRegistered(applying, change.model);
  const note = tagged(model.tags, change.tags);
  if (!note) return;
  const tags = new Map([...model.tags, ...change.tags.map(({ key, value }) => [key, value] as const)]);
  keepRegistered(applying, { ...model, tags });
  writeDown(applying, model.id, note);
}

export function deleteRegisteredTag(applying: Applying, change: Of<'delete-registered-tag'>): void {
  const model = activeRegistered(applying, change.model);
  const note = untagged(model.tags, change.key);
  if (!note) return;
  const tags = new Map(model.tags);
  tags.delete(change.key);
  keepRegistered(applying, { ...model, tags });
  writeDown(applying, model.id, note);
}

export function declareGates(applying: Applying, change: Of<'declare-gates'>): void {
  const model = activeRegistered(applying, change.model);
  const note = gatesDeclared(model.gates, change.gates, change.reason);
  if (!note) return;
  keepRegistered(applying, { ...model, gates: change.gates });
  revise(applying, model.id);
  writeDown(applying, model.id, note);
}

function assertNameFree(
  { state }: Applying,
  { workspace, name }: Pick<RegisteredRow, 'workspace' | 'name'>,
): void {
  const isTaken = state.registered
    .values()
    .some((row) => row.workspace === workspace && row.name === name && row.deletedAt === undefined);
  if (isTaken) throw registeredNameTaken(name);
}
