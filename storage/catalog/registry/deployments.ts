import type { Deployment } from '#core/domain/evaluation.ts';
import type { DeploymentId, RegisteredModelId, WorkspaceId } from '#core/domain/ids.ts';
import type { Applying } from '../applying.ts';
import { actorColumns, optional, readActor } from '../documents.ts';
import type { CatalogDb } from '../tables.ts';
import type { DeploymentTable } from './schema/registry-tables.ts';

/** Also of a deleted model, as the commits before see it. */
export async function deploymentWith(db: CatalogDb, id: DeploymentId): Promise<Deployment | undefined> {
  const row = await db.selectFrom('deployment').selectAll().where('id', '=', id).executeTakeFirst();
  return row && readDeployment(row);
}

export async function addDeployment({ later }: Applying, deployment: Deployment): Promise<void> {
  await later.insertInto('deployment').values(writeDeployment(deployment)).execute();
}

export async function setEnd(
  { later }: Applying,
  { id }: Pick<Deployment, 'id'>,
  endedAt: number,
): Promise<void> {
  await later.updateTable('deployment').set({ ended_at: endedAt }).where('id', '=', id).execute();
}

/** Ends those of a model that run and are meant, none before it started; their ids. */
export async function endRunning(
  applying: Applying,
  model: RegisteredModelId,
  {
    endedAt,
    isMeant,
  }: {
    readonly endedAt: number;
    readonly isMeant: (deployment: Deployment) => boolean;
  },
): Promise<readonly DeploymentId[]> {
  const query = applying.db.selectFrom('deployment').selectAll().where('model', '=', model);
  const running = (await query.where('ended_at', 'is', null).execute()).map(readDeployment);
  const meant = running.filter(isMeant);
  for (const one of meant) await setEnd(applying, one, Math.max(endedAt, one.startedAt));
  return meant.map(({ id }) => id);
}

/** Undefined when its model is deleted. */
export async function readableDeployment(db: CatalogDb, id: DeploymentId): Promise<Deployment | undefined> {
  const row = await readable(db).where('deployment.id', '=', id).executeTakeFirst();
  return row && readDeployment(row);
}

/** First started first. */
export async function deploymentsOf(db: CatalogDb, model: RegisteredModelId): Promise<readonly Deployment[]> {
  const query = readable(db).where('deployment.model', '=', model);
  return (await query.orderBy('started_at').orderBy('deployment.id').execute()).map(readDeployment);
}

/** First started first. */
export async function runningIn(db: CatalogDb, workspace: WorkspaceId): Promise<readonly Deployment[]> {
  const query = readable(db).where('ended_at', 'is', null).where('m.workspace', '=', workspace);
  return (await query.orderBy('started_at').orderBy('deployment.id').execute()).map(readDeployment);
}

function readable(db: CatalogDb) {
  return db
    .selectFrom('deployment')
    .innerJoin('registered_model as m', 'm.id', 'deployment.model')
    .where('m.deleted_at', 'is', null)
    .selectAll('deployment');
}

function writeDeployment(deployment: Deployment): DeploymentTable {
  return {
    id: deployment.id,
    model: deployment.version.model,
    version: deployment.version.number,
    environment: deployment.environment,
    started_at: deployment.startedAt,
    ended_at: deployment.endedAt ?? null,
    ...actorColumns(deployment.by),
    url: deployment.url ?? null,
  };
}

function readDeployment(row: DeploymentTable): Deployment {
  return {
    id: row.id as DeploymentId,
    version: { model: row.model as RegisteredModelId, number: row.version },
    environment: row.environment,
    startedAt: row.started_at,
    ...optional('endedAt', row.ended_at),
    by: readActor(row),
    ...optional('url', row.url),
  };
}
