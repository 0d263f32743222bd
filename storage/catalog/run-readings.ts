// What columns are loaded from: some fields of every run of a project, without putting runs together. A row is made to
// look like a run as far as the fields go, so that core/query reads from it what it reads from a run.
import type { ProjectId, RunId } from '#core/domain/ids.ts';
import type { Run } from '#core/domain/run.ts';
import { readField, type Reading } from '#core/query/subject.ts';
import { RUN_VOCABULARY } from '#core/query/subjects/run.ts';
import type { Field } from '#core/query/syntax.ts';
import { DocumentText } from './document-text.ts';
import type { MetricSource } from './metric-source.ts';
import type { CatalogDb, RunTable } from './tables.ts';

/** Some ms of work, after which others have a turn: SQLite's queries block the thread. */
const ROWS_AT_ONCE = 500;

const PLACE = ['id', 'number', 'deleted_at'] as const;
const ATTRIBUTES = ['name', 'status', 'user_id', 'started_at', 'ended_at', 'artifact_uri'] as const;
const DOCUMENT = ['document'] as const;
type ReadRow = Pick<RunTable, (typeof PLACE)[number]> &
  Partial<Pick<RunTable, (typeof ATTRIBUTES)[number] | 'document'>>;

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
  const columns = [
    ...PLACE,
    ...(fields.some(({ entity }) => entity === 'attribute') ? ATTRIBUTES : []),
    ...(fields.some(({ entity }) => entity !== 'attribute' && entity !== 'metric') ? DOCUMENT : []),
  ];
  const shown = new RowAsRun();
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
      const run = shown.show(row, values.get(row.id));
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

/**
 * A row as a run, as far as `RUN_VOCABULARY` reads it: of metrics the last values are all that is known. One object for
 * all rows, one after the other.
 */
class RowAsRun {
  #row: ReadRow | undefined;
  #document: DocumentText | undefined;
  #values: ReadonlyMap<string, number> | undefined;
  readonly params = { get: (key: string) => textOf(this.#document?.param(key)) };
  readonly tags = { get: (key: string) => this.#document?.tag(key) };
  readonly metrics = { get: (key: string) => lastOf(this.#values?.get(key)) };

  show(row: ReadRow, values: ReadonlyMap<string, number> | undefined): Run {
    this.#row = row;
    this.#document = row.document === undefined ? undefined : new DocumentText(row.document);
    this.#values = values;
    return this as unknown as Run;
  }

  get id() {
    return this.#row?.id;
  }
  get number() {
    return this.#row?.number;
  }
  get name() {
    return this.#row?.name;
  }
  get status() {
    return this.#row?.status;
  }
  get userId() {
    return this.#row?.user_id;
  }
  get startedAt() {
    return this.#row?.started_at;
  }
  get endedAt() {
    return this.#row?.ended_at ?? undefined;
  }
  get artifactUri() {
    return this.#row?.artifact_uri;
  }
  get datasets() {
    return (this.#document?.whole.datasets ?? []).map(([name, digest, tags]) => ({
      dataset: { name, digest },
      tags: new Map(tags),
    }));
  }
}

function textOf(text: string | undefined): { text: string } | undefined {
  return text === undefined ? undefined : { text };
}

function lastOf(value: number | undefined): { last: { value: number } } | undefined {
  return value === undefined ? undefined : { last: { value } };
}
