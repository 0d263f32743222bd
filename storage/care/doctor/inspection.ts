import type { DatabaseSync } from 'node:sqlite';
import type { StoreFiles } from '../store-files.ts';

/** What a check may look at: one moment of the database, and the files beside it. */
export interface Inspection {
  readonly store: StoreFiles;
  readonly database: DatabaseSync;
  /** Whether the bytes of every file are read. */
  readonly isDeep: boolean;
  /** Whether a server may be writing: files that come and go are then no finding. */
  readonly isOnline: boolean;
  /** Milliseconds UTC. */
  readonly now: number;
}

/** Rows of a query, one in memory at a time. */
export function* rowsOf<Row>(
  database: DatabaseSync,
  sql: string,
  ...values: (string | number)[]
): Generator<Row> {
  for (const row of database.prepare(sql).iterate(...values)) yield row as Row;
}

export function oneRow<Row>(
  database: DatabaseSync,
  sql: string,
  ...values: (string | number)[]
): Row | undefined {
  return database.prepare(sql).get(...values) as Row | undefined;
}

/** A run as people know it: project, number and name. */
export function nameRun(database: DatabaseSync, id: string): string {
  const row = oneRow<{ project: string; number: number; name: string }>(
    database,
    'SELECT p.name AS project, r.number, r.name FROM run r LEFT JOIN project p ON p.id = r.project WHERE r.id = ?',
    id,
  );
  return row ? `run ${row.project}/${row.number} '${row.name}' (${id})` : `run ${id}, which is not there`;
}

/** A tree as people know it, from the text in its rows. */
export function nameTree(database: DatabaseSync, owner: string): string {
  if (owner.startsWith('run:')) return nameRun(database, owner.slice(4));
  return owner.startsWith('model:') ? `model ${owner.slice(6)}` : 'files of no run';
}

/** The metric of a series, and whose it is. */
export function nameSeries(database: DatabaseSync, series: number): string {
  const row = oneRow<{ metric: string; run: string | null; model: string | null }>(
    database,
    'SELECT s.metric, o.run, o.model FROM series s LEFT JOIN series_owner o ON o.id = s.owner WHERE s.id = ?',
    series,
  );
  if (!row) return `series ${series}, which is not there`;
  const whose = row.run === null ? 'nobody' : nameRun(database, row.run);
  const model = row.model === null ? '' : `model ${row.model} measured by `;
  return `metric '${row.metric}' of ${model}${whose}`;
}
