import { isSameTarget, type Promotion } from '#core/domain/gate.ts';
import type { ModelVersion } from '#core/domain/registry.ts';
import type { RegistryChange } from '#core/tracking/ports/registry-change.ts';
import { assertRevision } from '#storage/sql/refusals.ts';
import { aliasRemoved, moved, promotionRefused } from '#storage/sql/registry-notes.ts';
import { closeAll } from './apply-promotion.ts';
import {
  activeRegistered,
  activeVersion,
  keepRegistered,
  keepVersion,
  revise,
  versionsOf,
  writeDown,
  type ActiveVersion,
} from './registered.ts';
import type { Applying } from './state.ts';

type Of<Kind extends RegistryChange['kind']> = Extract<RegistryChange, { kind: Kind }>;

const ARCHIVED = 'archived';

export function promote(applying: Applying, change: Of<'promote'>): void {
  const { model, version } = activeVersion(applying, change.version);
  assertRevision(model, change.revision);
  const { target } = change;
  const from = target.kind === 'alias' ? model.aliases.get(target.name) : version.stage;
  // Whoever is in the stage already may still have it for itself alone.
  const isAlone = toArchive(applying, change).length === 0;
  if (from === (target.kind === 'alias' ? version.number : target.name) && isAlone) return;
  const archived = target.kind === 'alias' ? moveAlias(applying, change) : moveStage(applying, change);
  revise(applying, model.id);
  const isOfVersion = (promotion: Promotion): boolean => promotion.version.number === version.number;
  const isHere = (promotion: Promotion): boolean =>
    promotion.version.model === model.id && isSameTarget(promotion.target, target);
  const [promotion] = closeAll(applying, 'done', (one) => isHere(one) && isOfVersion(one));
  const superseded =
    target.kind === 'stage'
      ? []
      : closeAll(applying, 'superseded', (one) => isHere(one) && !isOfVersion(one));
  const { reason, checks, isRollback = false } = change;
  const facts = { version: version.number, target, reason, checks, isRollback };
  writeDown(applying, model.id, moved({ ...facts, from, promotion, superseded, archived }));
}

export function removeAlias(applying: Applying, change: Of<'remove-alias'>): void {
  const { alias, reason, revision } = change;
  const model = activeRegistered(applying, change.model);
  assertRevision(model, revision);
  const holder = model.aliases.get(alias);
  if (holder === undefined) return;
  const aliases = new Map(model.aliases);
  aliases.delete(alias);
  keepRegistered(applying, { ...model, aliases });
  revise(applying, model.id);
  writeDown(applying, model.id, aliasRemoved(alias, holder, reason));
}

export function refusePromotion(applying: Applying, change: Of<'refuse-promotion'>): void {
  const { model, version } = activeVersion(applying, change.version);
  const { target, reason, checks } = change;
  const note = promotionRefused({ version: version.number, target, reason, checks });
  writeDown(applying, model.id, note);
}

function moveAlias(applying: Applying, change: Of<'promote'>): readonly number[] {
  const { model, version }: ActiveVersion = activeVersion(applying, change.version);
  keepRegistered(applying, {
    ...model,
    aliases: new Map(model.aliases).set(change.target.name, version.number),
  });
  return [];
}

/** Numbers of the versions that were archived. */
function moveStage(applying: Applying, change: Of<'promote'>): readonly number[] {
  const archived = toArchive(applying, change);
  const { model, version } = activeVersion(applying, change.version);
  for (const other of archived) keepVersion(applying, { ...other, stage: ARCHIVED });
  keepVersion(applying, { ...version, stage: change.target.name });
  keepRegistered(applying, model);
  return archived.map(({ number }) => number);
}

function toArchive(
  { state }: Applying,
  { target: { kind, name }, archiveOthers = false, version }: Of<'promote'>,
): readonly ModelVersion[] {
  if (kind === 'alias' || !archiveOthers || name === ARCHIVED) return [];
  return versionsOf(state, version.model).filter(
    ({ number, stage }) => stage === name && number !== version.number,
  );
}
