import type { Connection } from '#storage/sql/connection.ts';
import { decodeJournal } from './codec/journal-record.ts';
import type { SeriesEntry, SeriesTable } from './series-table.ts';
import type { Staged } from './staging.ts';

/** Journal rows of one query: few enough that a long journal is never in memory as a whole. */
const ROWS_AT_ONCE = 16;

/** The records of the journal in their order, with their series loaded into the table. @throws Fault `corrupt`. */
export async function* replayJournal(
  connection: Connection,
  table: SeriesTable,
): AsyncGenerator<Omit<Staged, 'newOwners' | 'newSeries'>> {
  const known = new Map<number, SeriesEntry>();
  let after = 0;
  for (;;) {
    const rows = await connection.query<{ sequence: number; record: Uint8Array }>(
      `SELECT sequence, record FROM series_journal WHERE sequence > ? ORDER BY sequence LIMIT ${ROWS_AT_ONCE}`,
      [after],
    );
    for (const row of rows) {
      const { series: ids, counts, ...record } = decodeJournal(row.record, row.sequence);
      const series: SeriesEntry[] = [];
      for (let i = 0; i < ids.length; i += 1) {
        const id = ids[i] as number;
        let entry = known.get(id);
        if (!entry) {
          const owner = await table.loadBySeries(connection, id);
          for (const one of owner.metrics.values()) known.set(one.id, one);
          entry = known.get(id) as SeriesEntry;
        }
        series.push(entry);
      }
      yield {
        sequence: row.sequence,
        at: record.at,
        series,
        counts: Array.from(counts),
        columns: record,
        bytes: row.record.length,
      };
      after = row.sequence;
    }
    if (rows.length < ROWS_AT_ONCE) return;
  }
}
