import type { Gate } from '#core/domain/gate.ts';
import type { ProjectId, RegisteredModelId, WorkspaceId } from '#core/domain/ids.ts';
import type { RegisteredModel } from '#core/domain/registry.ts';
import { noRegistered } from '#storage/sql/refusals.ts';
import type { Applying } from '../applying.ts';
import { actorColumns, optional, pairsOf, readActor, type Pairs } from '../documents.ts';
import type { CatalogDb } from '../tables.ts';
import type { RegisteredModelTable } from './schema/registry-tables.ts';

type Numbers = readonly (readonly [name: string, version: number])[];

interface RegisteredDocument {
  readonly tags: Pairs;
  readonly aliases: Numbers;
  /** Told by the versions; kept here so that a model is one row. */
  readonly stages: Numbers;
  readonly gates: readonly Gate[];
}

/** As the commits before see it. @throws Fault `not_found`, also when it is deleted. */
export async function activeRegistered(
  { db }: Pick<Applying, 'db'>,
  id: RegisteredModelId,
): Promise<RegisteredModel> {
  const query = db.selectFrom('registered_model').selectAll().where('id', '=', id);
  const row = await query.where('deleted_at', 'is', null).executeTakeFirst();
  if (!row) throw noRegistered(id);
  return readRegistered(row);
}

/** The one of that name that is not deleted. */
export async function registeredNamed(
  db: CatalogDb,
  { workspace, name }: Pick<RegisteredModel, 'workspace' | 'name'>,
): Promise<RegisteredModel | undefined> {
  const row = await db
    .selectFrom('registered_model')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('name', '=', name)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row && readRegistered(row);
}

export async function addRegistered({ later, touched }: Applying, model: RegisteredModel): Promise<void> {
  await later.insertInto('registered_model').values(writeRegistered(model)).execute();
  touched.registered(model.id);
}

/** Keeps a model as it is given, `updatedAt` and `revision` included. */
export async function storeRegistered(
  { later, touched }: Applying,
  model: RegisteredModel,
  deletedAt?: number,
): Promise<void> {
  const { id, ...values } = { ...writeRegistered(model), deleted_at: deletedAt ?? null };
  await later.updateTable('registered_model').set(values).where('id', '=', id).execute();
  touched.registered(model.id);
}

/** Something changed that a gate may look at. */
export function revised(model: RegisteredModel): RegisteredModel {
  return { ...model, revision: model.revision + 1 };
}

/** Stage → number of its newest version that is not deleted. */
export async function stagesOf(
  { db }: Applying,
  model: RegisteredModelId,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('model_version')
    .select(({ fn }) => ['stage', fn.max('number').as('number')])
    .where('model', '=', model)
    .where('deleted_at', 'is', null)
    .groupBy('stage')
    .execute();
  return new Map(rows.map(({ stage, number }) => [stage, number]));
}

function writeRegistered(model: RegisteredModel): RegisteredModelTable {
  const document: RegisteredDocument = {
    tags: pairsOf(model.tags),
    aliases: [...model.aliases],
    stages: [...model.stages],
    gates: model.gates,
  };
  return {
    id: model.id,
    workspace: model.workspace,
    name: model.name,
    project: model.project ?? null,
    description: model.description,
    owner: model.owner,
    created_at: model.createdAt,
    updated_at: model.updatedAt,
    deleted_at: null,
    versions: model.versions,
    last_version: model.lastVersion,
    revision: model.revision,
    ...actorColumns(model.createdBy),
    document: JSON.stringify(document),
  };
}

export function readRegistered(row: RegisteredModelTable): RegisteredModel {
  const document = JSON.parse(row.document) as RegisteredDocument;
  return {
    id: row.id as RegisteredModelId,
    workspace: row.workspace as WorkspaceId,
    name: row.name,
    ...optional('project', row.project as ProjectId | null),
    description: row.description,
    owner: row.owner,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    createdBy: readActor(row),
    tags: new Map(document.tags),
    aliases: new Map(document.aliases),
    stages: new Map(document.stages),
    gates: document.gates,
    versions: row.versions,
    lastVersion: row.last_version,
    revision: row.revision,
  };
}
