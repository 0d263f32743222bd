import { Fault } from '#core/domain/fault.ts';
import type { Connection } from '#storage/sql/connection.ts';
import { type ChunkRecord, decodeAggregates } from './codec/aggregate.ts';
import type { StoredChunk } from './codec/chunk.ts';

/** A row of series_segment. */
export interface SegmentRow {
  readonly number: number;
  readonly aggregates: Uint8Array;
  readonly data: Uint8Array;
}

/** A chunk that is known by its aggregate; `from` is where its bytes begin in the data of segment `number`. */
export interface ChunkPlace {
  readonly record: ChunkRecord;
  readonly number: number;
  readonly from: number;
}

/** The chunks of a segment, ready to decode. @throws Fault `corrupt`. */
export function chunksOf(row: SegmentRow): StoredChunk[] {
  return placesOf(row).map((place) => chunkAt(place, row.data));
}

/** Where the chunks of a segment are. @throws Fault `corrupt`. */
export function placesOf({ number, aggregates }: Omit<SegmentRow, 'data'>): ChunkPlace[] {
  let from = 0;
  return decodeAggregates(aggregates).map((record) => {
    const place = { record, number, from };
    from += record.dataBytes;
    return place;
  });
}

/** A chunk cut from the data of its segment. */
export function chunkAt({ record, from }: ChunkPlace, data: Uint8Array): StoredChunk {
  if (from + record.dataBytes > data.length)
    throw new Fault('corrupt', 'A stored segment is shorter than its chunks.');
  return {
    data: data.subarray(from, from + record.dataBytes),
    points: record.points,
    checksum: record.checksum,
  };
}

/** All segments of a series by ascending number. */
export async function readSegments(connection: Connection, series: number): Promise<readonly SegmentRow[]> {
  return connection.query<SegmentRow>(
    'SELECT number, aggregates, data FROM series_segment WHERE series = ? ORDER BY number',
    [series],
  );
}

/** The aggregates alone: a database leaves the data on its overflow pages unread. */
export async function readAggregates(
  connection: Connection,
  series: number,
): Promise<readonly Omit<SegmentRow, 'data'>[]> {
  return connection.query<Omit<SegmentRow, 'data'>>(
    'SELECT number, aggregates FROM series_segment WHERE series = ? ORDER BY number',
    [series],
  );
}

/** Most rows of one query, as placeholders: few statement texts, and less than any database's limit. */
const ROWS_AT_ONCE = 16;

/** Data of segments by number. Undefined when one is gone, because it was packed since its number was read. */
export async function readData(
  connection: Connection,
  series: number,
  numbers: readonly number[],
): Promise<Map<number, Uint8Array> | undefined> {
  const found = new Map<number, Uint8Array>();
  for (let at = 0; at < numbers.length; at += ROWS_AT_ONCE) {
    const some = numbers.slice(at, at + ROWS_AT_ONCE);
    const asked = Array.from({ length: ROWS_AT_ONCE }, (_, i) => some[i] ?? null);
    const rows = await connection.query<Pick<SegmentRow, 'number' | 'data'>>(
      `SELECT number, data FROM series_segment WHERE series = ? AND number IN (${asked.map(() => '?').join(', ')})`,
      [series, ...asked],
    );
    for (const row of rows) found.set(row.number, row.data);
  }
  return found.size === numbers.length ? found : undefined;
}
