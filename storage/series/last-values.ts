import type { RunId } from '#core/domain/ids.ts';
import { ownerKey } from '#core/domain/point.ts';
import type { Connection } from '#storage/sql/connection.ts';
import type { SeriesTable } from './series-table.ts';
import { lastValueIn } from './summary-table.ts';

export interface LastValue {
  readonly run: RunId;
  readonly metric: string;
  readonly value: number;
}

interface Wanted {
  readonly runs: readonly RunId[];
  readonly metrics: readonly string[];
}

/** Owners of one query. */
const OWNERS_AT_ONCE = 500;

/**
 * The last values of some metrics of runs, for those that have points of them. Memory before rows: what has unsealed
 * points is in memory, so the rows of all others say what was true at the call.
 */
export async function lastValuesOf(
  connection: Connection,
  table: SeriesTable,
  { runs, metrics }: Wanted,
): Promise<readonly LastValue[]> {
  const found: LastValue[] = [];
  const stored: string[] = [];
  for (const run of runs) {
    const key = ownerKey({ kind: 'run', run });
    const owner = table.get(key);
    if (!owner) stored.push(key);
    for (const metric of owner ? metrics : []) {
      const entry = owner?.metrics.get(metric);
      const summary = entry && table.summaries.get(entry.slot);
      if (summary) found.push({ run, metric, value: summary.last.value });
    }
  }
  // PostgreSQL refuses even to be asked for a NUL, which no name has.
  const names = metrics.filter((metric) => !metric.includes('\0'));
  for (let at = 0; names.length > 0 && at < stored.length; at += OWNERS_AT_ONCE) {
    found.push(...(await storedValues(connection, stored.slice(at, at + OWNERS_AT_ONCE), names)));
  }
  return found;
}

async function storedValues(
  connection: Connection,
  owners: readonly string[],
  metrics: readonly string[],
): Promise<readonly LastValue[]> {
  const rows = await connection.query<{ run: RunId; metric: string; summary: Uint8Array }>(
    `SELECT o.run, s.metric, s.summary FROM series_owner o JOIN series s ON s.owner = o.id
      WHERE o.owner IN (${placeholders(owners)}) AND s.metric IN (${placeholders(metrics)})
      AND s.summary IS NOT NULL`,
    [...owners, ...metrics],
  );
  return rows.flatMap(({ run, metric, summary }) => {
    const value = lastValueIn(summary);
    return value === undefined ? [] : { run, metric, value };
  });
}

function placeholders(values: readonly string[]): string {
  return values.map(() => '?').join(', ');
}
