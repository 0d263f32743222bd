// What columns are loaded from: some fields of every run of a project, without putting runs together. A row is made to
// look like a run as far as the fields go, so that core/query reads from it what it reads from a run.
import type { ProjectId, RunId } from '#core/domain/ids.ts';
import type { Run, RunStatus } from '#core/domain/run.ts';
import { readField, type Reading } from '#core/query/subject.ts';
import { RUN_VOCABULARY } from '#core/query/subjects/run.ts';
import type { Field } from '#core/query/syntax.ts';
import { DocumentText } from './document-text.ts';
import { optional } from './documents.ts';
import type { MetricSource } from './metric-source.ts';
import type { CatalogDb, RunTable } from './tables.ts';

/** Some ms of work, after which others have a turn: SQLite's queries block the thread. */
const ROWS_AT_ONCE = 500;

const COLUMNS = [
  'id',
  'number',
  'name',
  'status',
  'user_id',
  'started_at',
  'ended_at',
  'deleted_at',
  'artifact_uri',
] as const;
type ReadRow = Pick<RunTable, (typeof COLUMNS)[number]> & Partial<Pick<RunTable, 'document'>>;

export interface RunReadings {
  readonly id: RunId;
  readonly isDeleted: boolean;
  /** What each field says, in their order. */
  readonly readings: readonly Reading[];
}

/** Each part is of one moment; together they are of none. */
export async function* readRuns(
  { db, metrics }: { readonly db: CatalogDb; readonly metrics: Pick<MetricSource, 'lastValues'> },
  project: ProjectId,
  fields: readonly Field[],
): AsyncGenerator<readonly RunReadings[]> {
  const names = fields.filter(({ entity }) => entity === 'metric').map(({ key }) => key);
  const needsDocument = fields.some(({ entity }) => entity !== 'metric' && entity !== 'attribute');
  const columns = needsDocument ? ([...COLUMNS, 'document'] as const) : COLUMNS;
  let after = 0;
  for (;;) {
    const rows: readonly ReadRow[] = await db
      .selectFrom('run')
      .select(columns)
      .where('project', '=', project)
      .where('number', '>', after)
      .orderBy('number')
      .limit(ROWS_AT_ONCE)
      .execute();
    if (rows.length === 0) return;
    const values = await valuesOf(metrics, rows, names);
    yield rows.map((row) => {
      const run = likeRun(row, values.get(row.id));
      const readings = fields.map((field) => readField(RUN_VOCABULARY, run, field));
      return { id: run.id, isDeleted: row.deleted_at !== null, readings };
    });
    after = rows.at(-1)?.number ?? Infinity;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** By run, then by metric. */
async function valuesOf(
  metrics: Pick<MetricSource, 'lastValues'>,
  rows: readonly ReadRow[],
  names: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const values = new Map<string, Map<string, number>>();
  if (names.length === 0) return values;
  const ids = rows.map(({ id }) => id as RunId);
  for (const { run, metric, value } of await metrics.lastValues(ids, names)) {
    const known = values.get(run);
    if (known) known.set(metric, value);
    else values.set(run, new Map([[metric, value]]));
  }
  return values;
}

/** A run as far as `RUN_VOCABULARY` reads it: the latest values are all that is known of metrics. */
function likeRun(row: ReadRow, values: ReadonlyMap<string, number> | undefined): Run {
  const document = row.document === undefined ? undefined : new DocumentText(row.document);
  const like = {
    id: row.id as RunId,
    number: row.number,
    name: row.name,
    status: row.status as RunStatus,
    userId: row.user_id,
    startedAt: row.started_at,
    ...optional('endedAt', row.ended_at),
    artifactUri: row.artifact_uri,
    params: { get: (key: string) => textOf(document?.param(key)) },
    tags: { get: (key: string) => document?.tag(key) },
    metrics: { get: (key: string) => lastOf(values?.get(key)) },
    get datasets() {
      return (document?.whole.datasets ?? []).map(([name, digest, tags]) => ({
        dataset: { name, digest },
        tags: new Map(tags),
      }));
    },
  };
  return like as unknown as Run;
}

function textOf(text: string | undefined): { text: string } | undefined {
  return text === undefined ? undefined : { text };
}

function lastOf(value: number | undefined): { last: { value: number } } | undefined {
  return value === undefined ? undefined : { last: { value } };
}
