import { Fault } from '#core/domain/fault.ts';
import type { PointColumns } from '#core/domain/point.ts';
import { aggregate, encodeAggregates, type ChunkRecord } from '#storage/series/codec/aggregate.ts';
import { decodeChunks } from '#storage/series/codec/chunk.ts';
import { chunkAt, placesOf, type SegmentRow } from '#storage/series/segments.ts';
import { SummaryTable } from '#storage/series/summary-table.ts';
import { nameSeries, oneRow, rowsOf } from '../inspection.ts';
import type { Repairing } from '../repair.ts';

interface Place {
  readonly series: number;
  readonly number: number;
}

/** A chunk that decodes, with what is stored of it. */
interface SoundChunk {
  readonly record: ChunkRecord;
  readonly data: Uint8Array;
  readonly columns: PointColumns;
}

const ONE_SEGMENT = 'SELECT number, aggregates, data FROM series_segment WHERE series = ? AND number = ?';

/** Keeps the segment in a file, and in the store those of its chunks that can be read. */
export async function quarantineSegment(
  { database, quarantine }: Repairing,
  { series, number }: Place,
): Promise<string> {
  const row = oneRow<SegmentRow>(database, ONE_SEGMENT, series, number);
  if (!row) return 'nothing was left to do';
  const of = nameSeries(database, series);
  const file = await quarantine.keep(`segment-${series}-${number}`, [{ of, series, ...row }]);
  const { sound, points } = soundChunks(row);
  const kept = sound.reduce((sum, { record }) => sum + record.points, 0);
  if (sound.length === 0) {
    database.prepare('DELETE FROM series_segment WHERE series = ? AND number = ?').run(series, number);
  } else writeSegment({ database }, { series, number }, sound);
  await rebuildSummary({ database }, { series });
  const lost =
    points === undefined ? 'its points are lost' : `${points - kept} of its ${points} points are lost`;
  return `moved segment ${number} to ${file}; ${lost}`;
}

/** Computes the aggregates of every chunk from its points. */
export async function rebuildAggregates(
  { database }: Pick<Repairing, 'database'>,
  { series, number }: Place,
): Promise<string> {
  const row = oneRow<SegmentRow>(database, ONE_SEGMENT, series, number);
  if (!row) return 'nothing was left to do';
  const chunks = soundChunks(row).sound.map((chunk) => {
    return { ...chunk, record: { ...chunk.record, ...aggregate(chunk.columns) } };
  });
  writeSegment({ database }, { series, number }, chunks);
  return 'computed them from the points';
}

/** Computes last, min and max from all points that are sealed. */
export async function rebuildSummary(
  { database }: Pick<Repairing, 'database'>,
  { series }: Pick<Place, 'series'>,
): Promise<string> {
  const table = new SummaryTable();
  const slot = table.add();
  const rows = 'SELECT number, aggregates, data FROM series_segment WHERE series = ? ORDER BY number';
  for (const row of rowsOf<SegmentRow>(database, rows, series)) {
    for (const { columns } of soundChunks(row).sound) table.update(slot, columns, 0, columns.steps.length);
  }
  database.prepare('UPDATE series SET summary = ? WHERE id = ?').run(table.encode(slot), series);
  return 'computed last, min and max from the points';
}

/** The chunks of a segment that decode; `points` is how many it should have, where its aggregates can be read. */
function soundChunks(row: SegmentRow): { readonly sound: readonly SoundChunk[]; readonly points?: number } {
  const sound: SoundChunk[] = [];
  let points = 0;
  try {
    for (const place of placesOf(row)) {
      points += place.record.points;
      try {
        const chunk = chunkAt(place, row.data);
        const [columns] = decodeChunks([chunk]);
        if (columns) sound.push({ record: place.record, data: chunk.data, columns });
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
      }
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { sound: [] };
  }
  return { sound, points };
}

function writeSegment(
  { database }: Pick<Repairing, 'database'>,
  { series, number }: Place,
  chunks: readonly SoundChunk[],
): void {
  const aggregates = encodeAggregates(chunks.map(({ record }) => record));
  const data = Buffer.concat(chunks.map((chunk) => chunk.data));
  database
    .prepare('UPDATE series_segment SET aggregates = ?, data = ? WHERE series = ? AND number = ?')
    .run(aggregates, data, series, number);
}
