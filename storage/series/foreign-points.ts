// What other processes did to the points of a database, read from one moment of it. Journal records that this process
// did not see may be gone, but only when a seal that it did not see either put their points into segments; and a seal
// covers the whole head as every process had it then. So: sealed series are like their rows, and have no head; then
// the records that are left are applied as after a restart.
import { Fault } from '#core/domain/fault.ts';
import type { Connection } from '#storage/sql/connection.ts';
import type { Sealing } from '#storage/sql/participants.ts';
import { decodeJournal, type JournalRecord } from './codec/journal-record.ts';
import { SELECT_SERIES, takenIds, type SeriesRow, type SeriesTable, type TakenIds } from './series-table.ts';
import type { Durable } from './staging.ts';

/** Ids of one `IN` list. */
const IDS_AT_ONCE = 500;

export interface ForeignPoints {
  /** Rows of the series that were sealed. */
  readonly sealed: readonly SeriesRow[];
  /** The last journal record that is gone, 0 for none. */
  readonly through: number;
  /** All series of the owners of series that were not in memory. */
  readonly unknown: readonly SeriesRow[];
  readonly taken: TakenIds;
  /** In their order. */
  readonly records: readonly ForeignRecord[];
}

export interface ForeignRecord {
  readonly sequence: number;
  readonly record: JournalRecord;
  readonly bytes: number;
}

/** Changes nothing in memory. @throws Fault `corrupt`. */
export async function readForeign(
  connection: Connection,
  table: SeriesTable,
  { after, sealed }: { readonly after: number; readonly sealed: readonly Sealing[] },
): Promise<ForeignPoints> {
  const rows = await connection.query<{ sequence: number; record: Uint8Array }>(
    'SELECT sequence, record FROM series_journal WHERE sequence > ? ORDER BY sequence',
    [after],
  );
  const records = rows.map(({ sequence, record }): ForeignRecord => {
    return { sequence, record: decodeJournal(record, sequence), bytes: record.length };
  });
  const ids = new Set(records.flatMap(({ record }) => Array.from(record.series)));
  const unknown = [...ids].filter((id) => !table.series(id));
  const found = await rowsWhere(connection, 'o.id IN (SELECT owner FROM series WHERE id IN (#))', unknown);
  const there = new Set(found.map(({ id }) => id));
  const missing = unknown.find((id) => !there.has(id));
  if (missing !== undefined) {
    throw new Fault('corrupt', `The journal has points of series ${missing}, which is not stored.`);
  }
  const sealedIds = [...new Set(sealed.flatMap(({ series }) => series))];
  return {
    sealed: await rowsWhere(connection, 's.id IN (#)', sealedIds),
    through: sealed.reduce((most, { through }) => Math.max(most, through), 0),
    unknown: found,
    taken: await takenIds(connection),
    records,
  };
}

/** A record with its series from memory. Without one, the series was purged since: nobody reads it any more. */
export function entriesOf({ sequence, record, bytes }: ForeignRecord, table: SeriesTable): Durable {
  const series = Array.from(record.series, (id) => table.series(id));
  return { sequence, at: record.at, series, counts: Array.from(record.counts), columns: record, bytes };
}

/** `where` has a `#` for the list of ids; a series is there once. */
async function rowsWhere(
  connection: Connection,
  where: string,
  ids: readonly number[],
): Promise<readonly SeriesRow[]> {
  const found = new Map<number, SeriesRow>();
  for (let at = 0; at < ids.length; at += IDS_AT_ONCE) {
    const some = ids.slice(at, at + IDS_AT_ONCE);
    const list = some.map(() => '?').join(', ');
    const rows = await connection.query<SeriesRow>(
      `${SELECT_SERIES} WHERE ${where.replace('#', list)}`,
      some,
    );
    for (const row of rows) found.set(row.id, row);
  }
  return [...found.values()];
}
