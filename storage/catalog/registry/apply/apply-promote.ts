import { isSameTarget, type Promotion } from '#core/domain/gate.ts';
import type { ModelVersion, RegisteredModel } from '#core/domain/registry.ts';
import type { RegistryChange } from '#core/tracking/ports/registry-change.ts';
import { assertRevision } from '#storage/sql/refusals.ts';
import { aliasRemoved, moved, promotionRefused } from '#storage/sql/registry-notes.ts';
import type { Applying } from '../../applying.ts';
import { closeOpen } from '../promotions.ts';
import { activeRegistered, revised, stagesOf, storeRegistered } from '../registered-models.ts';
import { writeDown } from '../registry-entries.ts';
import { activeVersion, readVersion, storeVersion, type ActiveVersion } from '../versions.ts';

type Of<Kind extends RegistryChange['kind']> = Extract<RegistryChange, { kind: Kind }>;

const ARCHIVED = 'archived';

export async function promote(applying: Applying, change: Of<'promote'>): Promise<void> {
  const active = await activeVersion(applying, change.version);
  const { model, version } = active;
  assertRevision(model, change.revision);
  const { target, reason, checks, isRollback = false } = change;
  const isAlias = target.kind === 'alias';
  const from = isAlias ? model.aliases.get(target.name) : version.stage;
  // Whoever is in the stage already may still have it for itself alone.
  const others = await toArchive(applying, active, change);
  if (from === (isAlias ? version.number : target.name) && others.length === 0) return;
  const archived = isAlias
    ? await moveAlias(applying, active, target.name)
    : await moveStage(applying, active, { stage: target.name, others });
  const isHere = (one: Promotion): boolean => isSameTarget(one.target, target);
  const isOfVersion = (one: Promotion): boolean => one.version.number === version.number;
  const [promotion] = await closeOpen(applying, model.id, {
    status: 'done',
    isMeant: (one) => isHere(one) && isOfVersion(one),
  });
  // A stage has room for several versions.
  const superseded = isAlias
    ? await closeOpen(applying, model.id, {
        status: 'superseded',
        isMeant: (one) => isHere(one) && !isOfVersion(one),
      })
    : [];
  const facts = { version: version.number, target, reason, checks, isRollback };
  await writeDown(applying, model.id, moved({ ...facts, from, promotion, superseded, archived }));
}

export async function removeAlias(applying: Applying, change: Of<'remove-alias'>): Promise<void> {
  const { alias, reason, revision } = change;
  const model = await activeRegistered(applying, change.model);
  assertRevision(model, revision);
  const holder = model.aliases.get(alias);
  if (holder === undefined) return;
  const aliases = new Map(model.aliases);
  aliases.delete(alias);
  await storeRegistered(applying, revised({ ...model, aliases, updatedAt: applying.at }));
  await writeDown(applying, model.id, aliasRemoved(alias, holder, reason));
}

export async function refusePromotion(applying: Applying, change: Of<'refuse-promotion'>): Promise<void> {
  const { model, version } = await activeVersion(applying, change.version);
  const { target, reason, checks } = change;
  const note = promotionRefused({ version: version.number, target, reason, checks });
  await writeDown(applying, model.id, note);
}

async function moveAlias(
  applying: Applying,
  { model, version }: ActiveVersion,
  alias: string,
): Promise<readonly number[]> {
  const aliases = new Map(model.aliases).set(alias, version.number);
  await storeRegistered(applying, revised({ ...model, aliases, updatedAt: applying.at }));
  return [];
}

/** Numbers of the versions that were archived. */
async function moveStage(
  applying: Applying,
  { model, version }: ActiveVersion,
  { stage, others }: { readonly stage: string; readonly others: readonly ModelVersion[] },
): Promise<readonly number[]> {
  for (const other of others) await storeVersion(applying, { ...other, stage: ARCHIVED });
  await storeVersion(applying, { ...version, stage });
  const stages = await stagesOf(applying, model.id);
  await storeRegistered(applying, revised({ ...model, stages, updatedAt: applying.at }));
  return others.map(({ number }) => number);
}

async function toArchive(
  applying: Applying,
  { model, version }: ActiveVersion,
  { target: { kind, name }, archiveOthers = false }: Of<'promote'>,
): Promise<readonly ModelVersion[]> {
  if (kind === 'alias' || !archiveOthers || name === ARCHIVED) return [];
  return (await versionsIn(applying, model, name)).filter(({ number }) => number !== version.number);
}

async function versionsIn({ db }: Applying, { id }: RegisteredModel, stage: string) {
  const rows = await db
    .selectFrom('model_version')
    .selectAll()
    .where('model', '=', id)
    .where('stage', '=', stage)
    .where('deleted_at', 'is', null)
    .execute();
  return rows.map(readVersion);
}
