import type { RegisteredModel } from '#core/domain/registry.ts';
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
import type { Applying } from '../../applying.ts';
import { workspaceOf } from '../../workspaces.ts';
import { endRunning } from '../deployments.ts';
import { closeOpen } from '../promotions.ts';
import {
  activeRegistered,
  addRegistered,
  registeredNamed,
  revised,
  storeRegistered,
} from '../registered-models.ts';
import { writeDown } from '../registry-entries.ts';

type Of<Kind extends RegistryChange['kind']> = Extract<RegistryChange, { kind: Kind }>;

export async function createRegistered(
  applying: Applying,
  change: Of<'create-registered-model'>,
): Promise<void> {
  const { db, at, actor } = applying;
  const { id, workspace, name, description, tags } = change;
  if (!(await workspaceOf(db, workspace))) throw noWorkspace(workspace);
  await assertNameFree(applying, { workspace, name });
  const holder = await db.selectFrom('registered_model').select('id').where('id', '=', id).executeTakeFirst();
  if (holder) throw registeredIdTaken('registered model', id);
  await addRegistered(applying, {
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
    stages: new Map(),
    gates: [],
    versions: 0,
    lastVersion: 0,
    revision: 0,
  });
  await writeDown(applying, id, modelCreated(name));
}

export async function updateRegistered(
  applying: Applying,
  change: Of<'update-registered-model'>,
): Promise<void> {
  const model = await activeRegistered(applying, change.model);
  const { name = model.name, description = model.description, owner = model.owner } = change;
  if (name !== model.name) await assertNameFree(applying, { workspace: model.workspace, name });
  const updated = { ...model, name, description, owner, updatedAt: applying.at };
  const note = modelUpdated(model, updated);
  if (!note) return;
  await storeRegistered(applying, updated);
  await writeDown(applying, model.id, note);
}

export async function deleteRegistered(
  applying: Applying,
  { model: id, reason, revision }: Of<'delete-registered-model'>,
): Promise<void> {
  const { at } = applying;
  const model = await activeRegistered(applying, id);
  assertRevision(model, revision);
  const closed = {
    withdrawn: await closeOpen(applying, id, { status: 'withdrawn', isMeant: () => true }),
    ended: await endRunning(applying, id, { endedAt: at, isMeant: () => true }),
  };
  await storeRegistered(applying, { ...model, updatedAt: at }, at);
  await writeDown(applying, id, modelDeleted(model, { ...closed, reason }));
}

export async function setRegisteredTags(
  applying: Applying,
  change: Of<'set-registered-tags'>,
): Promise<void> {
  const model = await activeRegistered(applying, change.model);
  const note = tagged(model.tags, change.tags);
  if (!note) return;
  const tags = new Map(model.tags);
  for (const { key, value } of change.tags) tags.set(key, value);
  await storeRegistered(applying, { ...model, tags, updatedAt: applying.at });
  await writeDown(applying, model.id, note);
}

export async function deleteRegisteredTag(
  applying: Applying,
  change: Of<'delete-registered-tag'>,
): Promise<void> {
  const model = await activeRegistered(applying, change.model);
  const note = untagged(model.tags, change.key);
  if (!note) return;
  const tags = new Map(model.tags);
  tags.delete(change.key);
  await storeRegistered(applying, { ...model, tags, updatedAt: applying.at });
  await writeDown(applying, model.id, note);
}

export async function declareGates(applying: Applying, change: Of<'declare-gates'>): Promise<void> {
  const { gates, reason } = change;
  const model = await activeRegistered(applying, change.model);
  const note = gatesDeclared(model.gates, gates, reason);
  if (!note) return;
  await storeRegistered(applying, revised({ ...model, gates, updatedAt: applying.at }));
  await writeDown(applying, model.id, note);
}

async function assertNameFree(
  { db }: Applying,
  wanted: Pick<RegisteredModel, 'workspace' | 'name'>,
): Promise<void> {
  if (await registeredNamed(db, wanted)) throw registeredNameTaken(wanted.name);
}
