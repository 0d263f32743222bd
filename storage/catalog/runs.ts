import type { InputDataset } from '#core/domain/dataset.ts';
import { Fault } from '#core/domain/fault.ts';
import { runId, type ProjectId, type RunId } from '#core/domain/ids.ts';
import type { Objective } from '#core/domain/project.ts';
import type { ParamValue, Run, RunStatus } from '#core/domain/run.ts';
import { sourceFromTags } from '#core/domain/source.ts';
import { datasetKey, type DatasetRow } from './datasets.ts';
import {
  actorColumns,
  edgesOf,
  optional,
  pairsOf,
  readActor,
  readEdges,
  type InputPair,
  type RunDocument,
} from './documents.ts';
import { inBatches, StagedRows } from './staged-rows.ts';
import type { CatalogDb, RunTable } from './tables.ts';

/** A run without what its series tell. */
export type RunRow = Omit<Run, 'metrics'>;

export const NAME_TAG = 'mlflow.runName';
const PARENT_TAG = 'mlflow.parentRunId';

/** A thousand runs of 5 kB each, the ones that are written to. */
const KEPT_RUNS = 2000;

export function runRows(datasets: StagedRows<string, DatasetRow>): StagedRows<RunId, RunRow> {
  return new StagedRows(async (db, ids) => {
    const found = new Map<RunId, RunRow>();
    for (const some of inBatches(ids)) {
      const rows = await db.selectFrom('run').selectAll().where('id', 'in', some).execute();
      for (const row of rows) found.set(row.id as RunId, await readRun(db, datasets, row));
    }
    return found;
  }, KEPT_RUNS);
}

export async function flushRuns(db: CatalogDb, rows: ReadonlyMap<RunId, RunRow>): Promise<void> {
  for (const row of rows.values()) {
    const { id, ...values } = writeRun(row);
    await db
      .insertInto('run')
      .values({ id, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .execute();
  }
}

/** What the document reads from its tags. A name stays when its tag is deleted. */
export function describeByTags<Row extends Pick<RunRow, 'name' | 'tags'>>(
  run: Row,
): Omit<Row, 'parent'> & Pick<RunRow, 'name' | 'source' | 'parent'> {
  const { parent: _, ...orphan } = run as Row & Pick<RunRow, 'parent'>;
  const parent = run.tags.get(PARENT_TAG);
  return {
    ...orphan,
    name: run.tags.get(NAME_TAG) ?? run.name,
    source: sourceFromTags(run.tags),
    ...(isRunId(parent) && { parent }),
  };
}

function isRunId(text: string | undefined): text is RunId {
  try {
    return text !== undefined && runId(text) === text;
  } catch {
    return false;
  }
}

function writeRun(run: RunRow): RunTable {
  const document: RunDocument = {
    params: Array.from(run.params, ([key, { text, type }]) => [key, text, type]),
    tags: pairsOf(run.tags),
    datasets: run.datasets.map(({ dataset, tags }) => [dataset.name, dataset.digest, pairsOf(tags)]),
    modelInputs: edgesOf(run.modelInputs),
    modelOutputs: edgesOf(run.modelOutputs),
    ...(run.objective && { objective: run.objective }),
  };
  return {
    id: run.id,
    project: run.project,
    number: run.number,
    name: run.name,
    status: run.status,
    user_id: run.userId,
    started_at: run.startedAt,
    ended_at: run.endedAt ?? null,
    deleted_at: run.deletedAt ?? null,
    changed_at: run.changedAt,
    sequence: run.sequence,
    wire: run.wire,
    artifact_uri: run.artifactUri,
    ...actorColumns(run.createdBy),
    document: JSON.stringify(document),
  };
}

async function readRun(
  db: CatalogDb,
  datasets: StagedRows<string, DatasetRow>,
  row: RunTable,
): Promise<RunRow> {
  const document = JSON.parse(row.document) as RunDocument;
  const inputs =
    document.datasets.length === 0
      ? []
      : await readInputs(db, datasets, { project: row.project as ProjectId, inputs: document.datasets });
  return describeByTags({
    id: row.id as RunId,
    project: row.project as ProjectId,
    number: row.number,
    name: row.name,
    status: row.status as RunStatus,
    userId: row.user_id,
    startedAt: row.started_at,
    ...optional('endedAt', row.ended_at),
    ...optional('deletedAt', row.deleted_at),
    changedAt: row.changed_at,
    createdBy: readActor(row),
    wire: row.wire,
    artifactUri: row.artifact_uri,
    params: new Map(document.params.map(([key, text, type]): [string, ParamValue] => [key, { text, type }])),
    tags: new Map(document.tags),
    datasets: inputs,
    modelInputs: readEdges(document.modelInputs),
    modelOutputs: readEdges(document.modelOutputs),
    ...(document.objective !== undefined && { objective: document.objective as Objective }),
    sequence: row.sequence,
  });
}

async function readInputs(
  db: CatalogDb,
  datasets: StagedRows<string, DatasetRow>,
  { project, inputs }: { readonly project: ProjectId; readonly inputs: readonly InputPair[] },
): Promise<readonly InputDataset[]> {
  const keys = inputs.map(([name, digest]) => datasetKey(project, { name, digest }));
  const rows = await datasets.durable(db, keys);
  return inputs.map(([name, digest, tags]) => {
    const row = rows.get(datasetKey(project, { name, digest }));
    if (!row) throw new Fault('corrupt', `A run has the input '${name}', which is not stored.`);
    return { dataset: row.dataset, tags: new Map(tags) };
  });
}
