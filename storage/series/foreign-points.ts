// Reads what this process knows of only by name: journal records that it has not applied, and rows of series that
// another one sealed. Both are read from one moment of the database that is exactly as far as the process followed it.
// Journal records may be gone from there only when a seal that was followed, too, put their points into segments; and
// a seal covers the whole head as every process had it then. So: sealed series are like their rows, and have no head;
// then the records that are left are applied as after a restart.
import { Fault } from '#core/domain/fault.ts';
import type { Connection } from '#storage/sql/connection.ts';
import { decodeJournal, type JournalRecord } from './codec/journal-record.ts';
import { SELECT_SERIES, type SeriesRow, type SeriesTable } from './series-table.ts';
import type { Durable } from './staging.ts';
import type { UnappliedRecord } from './unapplied.ts';

/** Ids of one `IN` list. */
const IDS_AT_ONCE = 500;
/** Records of one query, as placeholders: few statement texts. */
const RECORDS_AT_ONCE = 64;
/** Journal that is in memory at once, beside the points in it. */
const BYTES_AT_ONCE = 4 * 2 ** 20;

export interface ForeignRecords {
  /** In their order. */
  readonly records: readonly ForeignRecord[];
  /** All series of the owners of series that were not in memory. */
  readonly unknown: readonly SeriesRow[];
}

export interface ForeignRecord {
  readonly sequence: number;
  readonly record: JournalRecord;
  readonly bytes: number;
}

/** Rows of series by id. */
export async function readRows(
  connection: Connection,
  ids: readonly number[],
): Promise<readonly SeriesRow[]> {
  return rowsWhere(connection, 's.id IN (#)', ids);
}

/** The first records of those that are to be applied, as many as fit into memory together. */
export function firstOf(records: readonly UnappliedRecord[]): readonly UnappliedRecord[] {
  let bytes = 0;
  let count = 0;
  for (const record of records) {
    bytes += record.bytes;
    if (count > 0 && bytes > BYTES_AT_ONCE) break;
    count += 1;
  }
  return records.slice(0, count);
}

/** Changes nothing in memory. Undefined when a record is not there. @throws Fault `corrupt`. */
export async function readForeign(
  connection: Connection,
  table: SeriesTable,
  wanted: readonly UnappliedRecord[],
): Promise<ForeignRecords | undefined> {
  const stored = await readJournal(
    connection,
    wanted.filter(({ kept }) => !kept).map(({ sequence }) => sequence),
  );
  const records: ForeignRecord[] = [];
  for (const { sequence, kept } of wanted) {
    const bytes = kept ?? stored.get(sequence);
    if (!bytes) return undefined;
    records.push({ sequence, record: decodeJournal(bytes, sequence), bytes: bytes.length });
  }
  const unknown = new Set<number>();
  for (const { record } of records) {
    for (let i = 0; i < record.series.length; i += 1) {
      const id = record.series[i] as number;
      if (!table.series(id)) unknown.add(id);
    }
  }
  const found = await rowsWhere(connection, 'o.id IN (SELECT owner FROM series WHERE id IN (#))', [
    ...unknown,
  ]);
  const there = new Set(found.map(({ id }) => id));
  for (const id of unknown) {
    if (there.has(id)) continue;
    throw new Fault('corrupt', `The journal has points of series ${id}, which is not stored.`);
  }
  return { records, unknown: found };
}

/** A record with its series from memory. Without one, the series was purged since: nobody reads it any more. */
export function entriesOf({ sequence, record, bytes }: ForeignRecord, table: SeriesTable): Durable {
  const series = Array.from(record.series, (id) => table.series(id));
  return { sequence, at: record.at, series, counts: Array.from(record.counts), columns: record, bytes };
}

async function readJournal(
  connection: Connection,
  sequences: readonly number[],
): Promise<ReadonlyMap<number, Uint8Array>> {
  const found = new Map<number, Uint8Array>();
  const asked = Array.from({ length: RECORDS_AT_ONCE }, () => '?').join(', ');
  const queries: Promise<readonly { readonly sequence: number; readonly record: Uint8Array }[]>[] = [];
  for (let at = 0; at < sequences.length; at += RECORDS_AT_ONCE) {
    const some = Array.from({ length: RECORDS_AT_ONCE }, (_, i) => sequences[at + i] ?? null);
    queries.push(
      connection.query(`SELECT sequence, record FROM series_journal WHERE sequence IN (${asked})`, some),
    );
  }
  for (const rows of await Promise.all(queries)) {
    for (const { sequence, record } of rows) found.set(sequence, record);
  }
  return found;
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
