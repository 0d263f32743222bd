import type { ModelVersion, RegisteredModel } from '#core/domain/registry.ts';
import type { RegistryChange } from '#core/tracking/ports/registry-change.ts';
import { assertRevision } from '#storage/sql/refusals.ts';
import { tagged, untagged, versionDeleted, versionUpdated } from '#storage/sql/registry-notes.ts';
import type { Applying } from '../../applying.ts';
import { endRunning } from '../deployments.ts';
import { closeOpen } from '../promotions.ts';
import { revised, stagesOf, storeRegistered } from '../registered-models.ts';
import { writeDown } from '../registry-entries.ts';
import { activeVersion, forgetTags, reindexTags, storeVersion } from '../versions.ts';

type Of<Kind extends RegistryChange['kind']> = Extract<RegistryChange, { kind: Kind }>;

export async function updateVersion(applying: Applying, change: Of<'update-version'>): Promise<void> {
  const { model, version } = await activeVersion(applying, change.version);
  const note = versionUpdated(version, change);
  if (!note) return;
  const { deprecated: before, ...rest } = version;
  const deprecated = note.action === 'version.deprecated' ? { at: applying.at, reason: note.reason } : before;
  const isOffered = deprecated === undefined || note.action === 'version.offered';
  const { description = version.description } = change;
  await storeVersion(applying, { ...rest, description, ...(!isOffered && { deprecated }) });
  // Whoever only describes it changes nothing that a gate looks at.
  if (note.action !== 'version.changed') await storeRegistered(applying, revised(model));
  await writeDown(applying, model.id, note);
}

/** Its tags are forgotten where versions are found by them. */
export async function deleteVersion(applying: Applying, change: Of<'delete-version'>): Promise<void> {
  const { at } = applying;
  const { model, version } = await activeVersion(applying, change.version);
  assertRevision(model, change.revision);
  const isOfVersion = (of: { readonly version: Of<'delete-version'>['version'] }): boolean =>
    of.version.number === version.number;
  const held = [...model.aliases].filter(([, number]) => number === version.number);
  const closed = {
    aliases: held.map(([alias]) => alias),
    withdrawn: await closeOpen(applying, model.id, { status: 'withdrawn', isMeant: isOfVersion }),
    ended: await endRunning(applying, model.id, { endedAt: at, isMeant: isOfVersion }),
    reason: change.reason,
  };
  await storeVersion(applying, version, at);
  await forgetTags(applying, version);
  const left: RegisteredModel = {
    ...model,
    updatedAt: at,
    aliases: new Map([...model.aliases].filter(([, number]) => number !== version.number)),
    stages: await stagesOf(applying, model.id),
    versions: model.versions - 1,
  };
  await storeRegistered(applying, revised(left));
  await writeDown(applying, model.id, versionDeleted(version, closed));
}

export async function setVersionTags(applying: Applying, change: Of<'set-version-tags'>): Promise<void> {
  const { model, version } = await activeVersion(applying, change.version);
  const note = tagged(version.tags, change.tags, version.number);
  if (!note) return;
  const tags = new Map(version.tags);
  for (const { key, value } of change.tags) tags.set(key, value);
  await keepTags(applying, model, { ...version, tags });
  await writeDown(applying, model.id, note);
}

export async function deleteVersionTag(applying: Applying, change: Of<'delete-version-tag'>): Promise<void> {
  const { model, version } = await activeVersion(applying, change.version);
  const note = untagged(version.tags, change.key, version.number);
  if (!note) return;
  const tags = new Map(version.tags);
  tags.delete(change.key);
  await keepTags(applying, model, { ...version, tags });
  await writeDown(applying, model.id, note);
}

async function keepTags(applying: Applying, model: RegisteredModel, version: ModelVersion): Promise<void> {
  await storeVersion(applying, version);
  await reindexTags(applying, version);
  await storeRegistered(applying, revised(model));
}
