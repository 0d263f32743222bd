import type { RegistryChange } from '#core/tracking/ports/registry-change.ts';
import { assertRevision } from '#storage/sql/refusals.ts';
import { tagged, untagged, versionDeleted, versionUpdated } from '#storage/sql/registry-notes.ts';
import { endDeployments } from './apply-deployment.ts';
import { withdrawAll } from './apply-promotion.ts';
import { activeVersion, keepRegistered, keepVersion, revise, versionKey, writeDown } from './registered.ts';
import type { Applying, VersionRow } from './state.ts';

type Of<Kind extends RegistryChange['kind']> = Extract<RegistryChange, { kind: Kind }>;

/** Registering is apply-register.ts. */
export function updateVersion(applying: Applying, change: Of<'update-version'>): void {
  const { model, version } = activeVersion(applying, change.version);
  const note = versionUpdated(version, change);
  if (!note) return;
  const { deprecated, ...rest } = version;
  const stands = note.action === 'version.deprecated' ? { at: applying.at, reason: note.reason } : deprecated;
  const isOffered = stands === undefined || note.action === 'version.offered';
  const { description = version.description } = change;
  keepVersion(applying, { ...rest, description, ...(!isOffered && { deprecated: stands }) });
  if (note.action !== 'version.changed') revise(applying, model.id);
  writeDown(applying, model.id, note);
}

export function deleteVersion(applying: Applying, change: Of<'delete-version'>): void {
  const { at } = applying;
  const { model, version } = activeVersion(applying, change.version);
  assertRevision(model, change.revision);
  const isOfVersion = (of: { readonly version: Of<'delete-version'>['version'] }): boolean =>
    versionKey(of.version) === versionKey(version);
  const held = [...model.aliases].filter(([, number]) => number === version.number);
  const aliases = held.map(([alias]) => alias);
  const closed = {
    withdrawn: withdrawAll(applying, isOfVersion),
    ended: endDeployments(applying, at, isOfVersion),
  };
  keepVersion(applying, { ...version, deletedAt: at });
  const left = [...model.aliases].filter(([, number]) => number !== version.number);
  keepRegistered(applying, { ...model, aliases: new Map(left) });
  revise(applying, model.id);
  const note = versionDeleted(version, { ...closed, aliases, reason: change.reason });
  writeDown(applying, model.id, note);
}

export function setVersionTags(applying: Applying, change: Of<'set-version-tags'>): void {
  const { version } = activeVersion(applying, change.version);
  const note = tagged(version.tags, change.tags, version.number);
  if (!note) return;
  const tags = new Map([...version.tags, ...change.tags.map(({ key, value }) => [key, value] as const)]);
  keepTags(applying, { ...version, tags });
  writeDown(applying, version.model, note);
}

export function deleteVersionTag(applying: Applying, change: Of<'delete-version-tag'>): void {
  const { version } = activeVersion(applying, change.version);
  const note = untagged(version.tags, change.key, version.number);
  if (!note) return;
  const tags = new Map(version.tags);
  tags.delete(change.key);
  keepTags(applying, { ...version, tags });
  writeDown(applying, version.model, note);
}

function keepTags(applying: Applying, version: VersionRow): void {
  keepVersion(applying, version);
  revise(applying, version.model);
}
