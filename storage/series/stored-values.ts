import type { RunId } from '#core/domain/ids.ts';
import type { Connection } from '#storage/sql/connection.ts';
import { lastValueIn } from './summary-table.ts';

/** Owners of one query. */
const OWNERS_AT_ONCE = 500;

/** The last values that rows hold of some metrics of runs, by the keys of their owners. */
export async function storedLastValues(
  connection: Connection,
  owners: readonly string[],
  metrics: readonly string[],
): Promise<readonly { readonly run: RunId; readonly metric: string; readonly value: number }[]> {
  const found: { run: RunId; metric: string; value: number }[] = [];
  if (metrics.length === 0) return found;
  for (let at = 0; at < owners.length; at += OWNERS_AT_ONCE) {
    const some = owners.slice(at, at + OWNERS_AT_ONCE);
    const rows = await connection.query<{ run: string; metric: string; summary: Uint8Array }>(
      `SELECT o.run, s.metric, s.summary FROM series_owner o JOIN series s ON s.owner = o.id
        WHERE o.owner IN (${placeholders(some)}) AND s.metric IN (${placeholders(metrics)})
        AND s.summary IS NOT NULL`,
      [...some, ...metrics],
    );
    for (const { run, metric, summary } of rows) {
      const value = lastValueIn(summary);
      if (value !== undefined) found.push({ run: run as RunId, metric, value });
    }
  }
  return found;
}

function placeholders(values: readonly string[]): string {
  return values.map(() => '?').join(', ');
}
