import type { Approval, Promotion } from '#core/domain/gate.ts';
import type { PromotionId, RegisteredModelId, WorkspaceId } from '#core/domain/ids.ts';
import type { PromotionTarget } from '#core/domain/registry.ts';
import type { RegistryReader } from '#core/tracking/ports/registry.ts';
import type { Applying } from '../applying.ts';
import { actorColumns, optional, readActor } from '../documents.ts';
import type { CatalogDb } from '../tables.ts';
import type { PromotionTable } from './schema/registry-tables.ts';

/** Also of a deleted model, as the commits before see it. */
export async function promotionWith(db: CatalogDb, id: PromotionId): Promise<Promotion | undefined> {
  const row = await db.selectFrom('promotion').selectAll().where('id', '=', id).executeTakeFirst();
  return row && readPromotion(row);
}

/** Open ones of a model. */
export async function openOnes({ db }: Applying, model: RegisteredModelId): Promise<readonly Promotion[]> {
  const query = db.selectFrom('promotion').selectAll().where('model', '=', model);
  return (await query.where('status', '=', 'open').execute()).map(readPromotion);
}

export async function addPromotion({ later }: Applying, promotion: Promotion): Promise<void> {
  await later.insertInto('promotion').values(writePromotion(promotion)).execute();
}

export async function storePromotion({ later }: Applying, promotion: Promotion): Promise<void> {
  const { id, ...values } = writePromotion(promotion);
  await later.updateTable('promotion').set(values).where('id', '=', id).execute();
}

export async function closePromotion(
  applying: Applying,
  promotion: Promotion,
  status: Promotion['status'],
): Promise<void> {
  await storePromotion(applying, { ...promotion, status, closedAt: applying.at });
}

/** Closes the open ones of a model that are meant; their ids. */
export async function closeOpen(
  applying: Applying,
  model: RegisteredModelId,
  {
    status,
    isMeant,
  }: {
    readonly status: 'done' | 'superseded' | 'withdrawn';
    readonly isMeant: (promotion: Promotion) => boolean;
  },
): Promise<readonly PromotionId[]> {
  const meant = (await openOnes(applying, model)).filter(isMeant);
  for (const promotion of meant) await closePromotion(applying, promotion, status);
  return meant.map(({ id }) => id);
}

/** Undefined when its model is deleted. */
export async function readablePromotion(db: CatalogDb, id: PromotionId): Promise<Promotion | undefined> {
  const row = await readable(db).where('promotion.id', '=', id).executeTakeFirst();
  return row && readPromotion(row);
}

/** Newest first. */
export async function promotionsOf(
  db: CatalogDb,
  { model, isHistory = false }: Parameters<RegistryReader['promotions']>[0],
): Promise<readonly Promotion[]> {
  let query = readable(db).where('promotion.model', '=', model);
  if (!isHistory) query = query.where('promotion.status', '=', 'open');
  const rows = await query.orderBy('asked_at', 'desc').orderBy('promotion.id', 'desc').execute();
  return rows.map(readPromotion);
}

/** Oldest first. */
export async function openPromotionsIn(db: CatalogDb, workspace: WorkspaceId): Promise<readonly Promotion[]> {
  const query = readable(db).where('promotion.status', '=', 'open').where('m.workspace', '=', workspace);
  return (await query.orderBy('asked_at').orderBy('promotion.id').execute()).map(readPromotion);
}

function readable(db: CatalogDb) {
  return db
    .selectFrom('promotion')
    .innerJoin('registered_model as m', 'm.id', 'promotion.model')
    .where('m.deleted_at', 'is', null)
    .selectAll('promotion');
}

function writePromotion(promotion: Promotion): PromotionTable {
  return {
    id: promotion.id,
    model: promotion.version.model,
    version: promotion.version.number,
    target_kind: promotion.target.kind,
    target: promotion.target.name,
    ...actorColumns(promotion.askedBy),
    asked_at: promotion.askedAt,
    reason: promotion.reason,
    status: promotion.status,
    closed_at: promotion.closedAt ?? null,
    approvals: JSON.stringify(promotion.approvals),
    archive_others: Number(promotion.archiveOthers),
  };
}

function readPromotion(row: PromotionTable): Promotion {
  return {
    id: row.id as PromotionId,
    version: { model: row.model as RegisteredModelId, number: row.version },
    target: { kind: row.target_kind as PromotionTarget['kind'], name: row.target },
    askedBy: readActor(row),
    askedAt: row.asked_at,
    reason: row.reason,
    status: row.status as Promotion['status'],
    ...optional('closedAt', row.closed_at),
    approvals: JSON.parse(row.approvals) as readonly Approval[],
    archiveOthers: row.archive_others === 1,
  };
}
