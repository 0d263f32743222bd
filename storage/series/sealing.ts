import { crc32 } from 'node:zlib';
import { Fault } from '#core/domain/fault.ts';
import type { PointColumns } from '#core/domain/point.ts';
import { type Connection, postpone } from '#storage/sql/connection.ts';
import { type Aggregate, aggregate, type ChunkRecord, encodeAggregates } from './codec/aggregate.ts';
import { decodeChunks, encodeChunk } from './codec/chunk.ts';
import { CHUNK_POINTS, LOOSE_SEGMENTS } from './codec/layout.ts';
import { concatPoints, slicePoints, sortPoints } from './point-order.ts';
import { chunkAt, placesOf, type SegmentRow } from './segments.ts';
import type { SeriesEntry } from './series-table.ts';

/** What sealing a head writes, and what its series is afterwards. */
export interface EncodedSeal {
  readonly entry: SeriesEntry;
  /** Points of the head. */
  readonly count: number;
  /** Segments from this number on are packed into the new ones. */
  readonly packedFrom: number | undefined;
  readonly chunks: readonly EncodedChunk[];
  /** Number of the first new segment. */
  readonly first: number;
  readonly segments: number;
  readonly loose: number;
}

/** Chunks of one segment: about 32 kB, so that half a page of slack is two percent. */
const SEGMENT_CHUNKS = 8;
/** Packed segments with fewer points stay loose and are packed again with the next ones. */
const LEAST_PACKED_POINTS = 4 * CHUNK_POINTS;
/** Loose chunks of this many points are packed as they are. */
const LEAST_KEPT_POINTS = CHUNK_POINTS / 2;

/** A chunk as it is stored. */
export interface EncodedChunk {
  readonly record: ChunkRecord;
  readonly data: Uint8Array;
}

/** Makes segments of the head of a series, and of the loose ones before it when there are enough. Writes nothing. */
export async function encodeSeal(
  read: Connection,
  entry: SeriesEntry,
  head: PointColumns,
): Promise<EncodedSeal> {
  const { segments, loose } = entry;
  const mustPack = loose + 1 >= LOOSE_SEGMENTS;
  const sorted = sortPoints(head);
  const packed = mustPack ? await packLoose(read, entry, sorted) : undefined;
  const chunks = packed ?? encodeChunks(sorted);
  const points = chunks.reduce((sum, { record }) => sum + record.points, 0);
  const stillLoose = mustPack ? 1 : loose + 1;
  return {
    entry,
    count: head.steps.length,
    packedFrom: packed && segments - loose,
    chunks,
    first: segments,
    segments: segments + Math.ceil(chunks.length / SEGMENT_CHUNKS),
    loose: points >= LEAST_PACKED_POINTS ? 0 : stillLoose,
  };
}

export async function writeSeal(
  write: Connection,
  { entry, packedFrom, chunks, first }: EncodedSeal,
): Promise<void> {
  if (packedFrom !== undefined) {
    await postpone(write, 'DELETE FROM series_segment WHERE series = ? AND number >= ?', [
      entry.id,
      packedFrom,
    ]);
  }
  let number = first;
  for (let at = 0; at < chunks.length; at += SEGMENT_CHUNKS) {
    await insertSegment(write, entry.id, number, chunks.slice(at, at + SEGMENT_CHUNKS));
    number += 1;
  }
}

/**
 * The chunks of the loose segments with the head behind them: as they are when each is large and begins behind its
 * predecessor, which is the rule for a run that trains; else merged and encoded again. Undefined when one is damaged:
 * then it stays, for readers to report.
 */
async function packLoose(
  read: Connection,
  entry: SeriesEntry,
  head: PointColumns,
): Promise<EncodedChunk[] | undefined> {
  const rows = await read.query<SegmentRow>(
    'SELECT number, aggregates, data FROM series_segment WHERE series = ? AND number >= ? ORDER BY number',
    [entry.id, entry.segments - entry.loose],
  );
  try {
    const loose = rows.flatMap((row) =>
      placesOf(row).map((place) => ({ record: place.record, stored: chunkAt(place, row.data) })),
    );
    if (loose.every(({ record }) => record.points >= LEAST_KEPT_POINTS)) {
      const all = [
        ...loose.map(({ record, stored }) => ({ record, data: stored.data })),
        ...encodeChunks(head),
      ];
      if (all.every(({ record }, i) => i === 0 || isBehind(all[i - 1]?.record as Aggregate, record)))
        return all;
    }
    const before = decodeChunks(loose.map(({ stored }) => stored));
    return encodeChunks(sortPoints(concatPoints([...before, head])));
  } catch (error) {
    if (error instanceof Fault && error.code === 'corrupt') return undefined;
    throw error;
  }
}

function isBehind(before: Aggregate, { stepFrom, timeFrom }: Aggregate): boolean {
  return stepFrom > before.stepTo || (stepFrom === before.stepTo && timeFrom > before.timeTo);
}

/** Chunks of CHUNK_POINTS or a little more, no more than one point apart in size. */
function encodeChunks(sorted: PointColumns): EncodedChunk[] {
  const count = sorted.steps.length;
  const parts = Math.max(1, Math.floor(count / CHUNK_POINTS));
  return Array.from({ length: parts }, (_, i) => {
    const from = Math.round((i * count) / parts);
    const columns = slicePoints(sorted, from, Math.round(((i + 1) * count) / parts));
    const data = encodeChunk(columns);
    return { record: { ...aggregate(columns), dataBytes: data.length, checksum: crc32(data) }, data };
  });
}

async function insertSegment(
  write: Connection,
  series: number,
  number: number,
  chunks: readonly EncodedChunk[],
): Promise<void> {
  await postpone(write, 'INSERT INTO series_segment (series, number, aggregates, data) VALUES (?, ?, ?, ?)', [
    series,
    number,
    encodeAggregates(chunks.map(({ record }) => record)),
    Buffer.concat(chunks.map(({ data }) => data)),
  ]);
}
