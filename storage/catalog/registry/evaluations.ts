import { createHash } from 'node:crypto';
import type { Evaluation } from '#core/domain/evaluation.ts';
import type { RegisteredModelId, RunId } from '#core/domain/ids.ts';
import type { VersionRef } from '#core/domain/registry.ts';
import type { EvaluationQuery } from '#core/tracking/ports/registry.ts';
import type { Applying } from '../applying.ts';
import { actorColumns, optional, readActor } from '../documents.ts';
import type { CatalogDb } from '../tables.ts';
import type { EvaluationTable } from './schema/registry-tables.ts';
import { inVersions, keyOf, refsInBatches } from './version-refs.ts';

export async function addEvaluation({ later }: Applying, evaluation: Evaluation): Promise<void> {
  const { number, version, at } = evaluation;
  await later.insertInto('evaluation').values(writeEvaluation(evaluation)).execute();
  await later
    .insertInto('latest_evaluation')
    .values({ model: version.model, version: version.number, series: seriesOf(evaluation), at, number })
    .onConflict((conflict) =>
      conflict
        .columns(['model', 'version', 'series'])
        .doUpdateSet({ at, number })
        // What was measured before is not the newest, though it is told later.
        .where('latest_evaluation.at', '<=', at),
    )
    .execute();
}

/** Newest measurement first, then greater number first. */
export async function evaluationsOf(
  db: CatalogDb,
  { version, metric, environment, since, limit }: EvaluationQuery,
): Promise<readonly Evaluation[]> {
  let query = readable(db)
    .where('evaluation.model', '=', version.model)
    .where('evaluation.version', '=', version.number);
  if (metric !== undefined) query = query.where('metric', '=', metric);
  if (environment !== undefined) query = query.where('environment', '=', environment);
  if (since !== undefined) query = query.where('at', '>=', since);
  const rows = await query.orderBy('at', 'desc').orderBy('evaluation.number', 'desc').limit(limit).execute();
  return rows.map(readEvaluation);
}

/** In the order of the versions, each of them once; of one version as `evaluationsOf`. */
export async function latestEvaluations(
  db: CatalogDb,
  versions: readonly VersionRef[],
): Promise<readonly Evaluation[]> {
  const found: Evaluation[] = [];
  for (const refs of refsInBatches(versions)) {
    const rows = await readable(db)
      .innerJoin('latest_evaluation as latest', 'latest.number', 'evaluation.number')
      .where(inVersions('latest', 'version', refs))
      .execute();
    for (const row of rows) found.push(readEvaluation(row));
  }
  const sorted = found.toSorted((a, b) => b.at - a.at || b.number - a.number);
  const byVersion = Map.groupBy(sorted, ({ version }) => keyOf(version));
  return [...new Set(versions.map(keyOf))].flatMap((key) => byVersion.get(key) ?? []);
}

/** Those of versions that are not deleted. */
function readable(db: CatalogDb) {
  return db
    .selectFrom('evaluation')
    .innerJoin('model_version as v', (join) =>
      join.onRef('v.model', '=', 'evaluation.model').onRef('v.number', '=', 'evaluation.version'),
    )
    .innerJoin('registered_model as m', 'm.id', 'evaluation.model')
    .where('v.deleted_at', 'is', null)
    .where('m.deleted_at', 'is', null)
    .selectAll('evaluation');
}

/** They stay without the run. The models they are of. */
export async function forgetEvaluatingRun(
  { db, later }: Applying,
  run: RunId,
): Promise<readonly RegisteredModelId[]> {
  const rows = await db
    .selectFrom('evaluation')
    .select(({ fn }) => ['model', fn.min('number').as('number')])
    .where('run', '=', run)
    .groupBy('model')
    .orderBy('number')
    .execute();
  if (rows.length > 0)
    await later.updateTable('evaluation').set({ run: null }).where('run', '=', run).execute();
  return rows.map(({ model }) => model as RegisteredModelId);
}

/** Of one length, whatever names it is made of, so that it fits into a key. */
function seriesOf({ metric, environment, dataset }: Evaluation): string {
  const series = JSON.stringify([metric, environment, dataset?.name, dataset?.digest]);
  return createHash('sha256').update(series).digest('hex');
}

function writeEvaluation(evaluation: Evaluation): EvaluationTable {
  const { number, version, metric, value, dataset, environment, at, samples, by, run } = evaluation;
  return {
    number,
    model: version.model,
    version: version.number,
    metric,
    value: doubleBytes(value),
    dataset_name: dataset?.name ?? null,
    dataset_digest: dataset?.digest ?? null,
    environment,
    at,
    samples: samples ?? null,
    ...actorColumns(by),
    run: run ?? null,
  };
}

function readEvaluation(row: EvaluationTable): Evaluation {
  const { number, metric, environment, at, value } = row;
  return {
    number,
    version: { model: row.model as RegisteredModelId, number: row.version },
    metric,
    value: new DataView(value.buffer, value.byteOffset, value.byteLength).getFloat64(0, true),
    ...(row.dataset_name !== null && {
      dataset: { name: row.dataset_name, ...optional('digest', row.dataset_digest) },
    }),
    environment,
    at,
    ...optional('samples', row.samples),
    by: readActor(row),
    ...optional('run', row.run as RunId | null),
  };
}

function doubleBytes(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return bytes;
}
