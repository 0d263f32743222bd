// What a chart needs to know of a chunk without decoding it, and where the chunk's bytes are; FORMAT.md §3.
// A segment's aggregates are one small blob, so that a chart reads all of them in one query.
import { crc32 } from 'node:zlib';
import { Fault } from '#core/domain/fault.ts';
import type { PointColumns } from '#core/domain/point.ts';
import { HAS_NAN, HAS_NEGATIVE_INFINITY, HAS_POSITIVE_INFINITY } from '#core/signal/m4.ts';
import {
  AGGREGATE,
  AGGREGATE_BYTES,
  NOWHERE,
  SEGMENT_HEADER,
  SEGMENT_HEADER_BYTES,
  SEGMENT_MAGIC,
  SEGMENT_VERSION,
  TIMES_ASCEND,
} from './layout.ts';

/** Of a chunk's points in the order (step, time, value). Where no value is finite, `first` … `max` are NaN. */
export interface Aggregate {
  readonly points: number;
  /** `HAS_NAN` | `HAS_POSITIVE_INFINITY` | `HAS_NEGATIVE_INFINITY`. */
  readonly flags: number;
  readonly timesAscend: boolean;
  /** Rows of the least and greatest finite value, NOWHERE without one. */
  readonly minAt: number;
  readonly maxAt: number;
  readonly stepFrom: number;
  readonly timeFrom: number;
  readonly stepTo: number;
  readonly timeTo: number;
  readonly timeLeast: number;
  readonly timeGreatest: number;
  /** Position of the first and last finite value; without one, of the first and last point. */
  readonly firstStep: number;
  readonly firstTime: number;
  readonly first: number;
  readonly lastStep: number;
  readonly lastTime: number;
  readonly last: number;
  readonly min: number;
  readonly max: number;
}

/** An aggregate with the length and checksum of its chunk's bytes. */
export interface ChunkRecord extends Aggregate {
  readonly dataBytes: number;
  readonly checksum: number;
}

/** The aggregate of at least one point. */
export function aggregate({ steps, times, values }: PointColumns): Aggregate {
  const points = steps.length;
  let flags = 0;
  let timesAscend = true;
  let timeLeast = Infinity;
  let timeGreatest = -Infinity;
  let firstAt = -1;
  let lastAt = -1;
  let minAt = -1;
  let maxAt = -1;
  let min = NaN;
  let max = NaN;
  for (let i = 0; i < points; i += 1) {
    const time = times[i] as number;
    if (i > 0 && time < (times[i - 1] as number)) timesAscend = false;
    if (time < timeLeast) timeLeast = time;
    if (time > timeGreatest) timeGreatest = time;
    const value = values[i] as number;
    if (!Number.isFinite(value)) {
      flags |= flagOf(value);
      continue;
    }
    if (firstAt < 0) firstAt = i;
    lastAt = i;
    // Of equal extremes the earliest stays; the first value passes because min and max are NaN before it.
    if (!(value >= min)) {
      min = value;
      minAt = i;
    }
    if (!(value <= max)) {
      max = value;
      maxAt = i;
    }
  }
  const from = firstAt < 0 ? 0 : firstAt;
  const to = lastAt < 0 ? points - 1 : lastAt;
  return {
    points,
    flags,
    timesAscend,
    minAt: minAt < 0 ? NOWHERE : minAt,
    maxAt: maxAt < 0 ? NOWHERE : maxAt,
    stepFrom: steps[0] as number,
    timeFrom: times[0] as number,
    stepTo: steps[points - 1] as number,
    timeTo: times[points - 1] as number,
    timeLeast,
    timeGreatest,
    firstStep: steps[from] as number,
    firstTime: times[from] as number,
    first: firstAt < 0 ? NaN : (values[from] as number),
    lastStep: steps[to] as number,
    lastTime: times[to] as number,
    last: lastAt < 0 ? NaN : (values[to] as number),
    min,
    max,
  };
}

/** What a chart's non-finite marks are made of. */
function flagOf(value: number): number {
  if (Number.isNaN(value)) return HAS_NAN;
  return value > 0 ? HAS_POSITIVE_INFINITY : HAS_NEGATIVE_INFINITY;
}

/** Doubles of a record, in the order of the layout. */
const DOUBLES = [
  'stepFrom',
  'timeFrom',
  'stepTo',
  'timeTo',
  'timeLeast',
  'timeGreatest',
  'firstStep',
  'firstTime',
  'first',
  'lastStep',
  'lastTime',
  'last',
  'min',
  'max',
] as const satisfies readonly (keyof Aggregate & keyof typeof AGGREGATE)[];

/** The `aggregates` of a segment of 1…255 chunks. */
export function encodeAggregates(records: readonly ChunkRecord[]): Uint8Array {
  const bytes = new Uint8Array(SEGMENT_HEADER_BYTES + records.length * AGGREGATE_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint16(SEGMENT_HEADER.magic[0], SEGMENT_MAGIC, true);
  view.setUint8(SEGMENT_HEADER.version[0], SEGMENT_VERSION);
  view.setUint8(SEGMENT_HEADER.chunks[0], records.length);
  for (const [i, record] of records.entries()) {
    const at = SEGMENT_HEADER_BYTES + i * AGGREGATE_BYTES;
    view.setUint32(at + AGGREGATE.points[0], record.points, true);
    view.setUint32(at + AGGREGATE.dataBytes[0], record.dataBytes, true);
    view.setUint32(at + AGGREGATE.checksum[0], record.checksum, true);
    view.setUint8(at + AGGREGATE.flags[0], record.flags);
    view.setUint8(at + AGGREGATE.order[0], record.timesAscend ? TIMES_ASCEND : 0);
    view.setUint32(at + AGGREGATE.minAt[0], record.minAt, true);
    view.setUint32(at + AGGREGATE.maxAt[0], record.maxAt, true);
    for (const name of DOUBLES) view.setFloat64(at + AGGREGATE[name][0], record[name], true);
  }
  view.setUint32(SEGMENT_HEADER.checksum[0], crc32(bytes.subarray(SEGMENT_HEADER_BYTES)), true);
  return bytes;
}

/** The records of a segment. @throws Fault `corrupt`, or `unsupported` for a later version. */
export function decodeAggregates(bytes: Uint8Array): ChunkRecord[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (
    bytes.length < SEGMENT_HEADER_BYTES ||
    view.getUint16(SEGMENT_HEADER.magic[0], true) !== SEGMENT_MAGIC
  ) {
    throw new Fault('corrupt', 'A stored segment does not begin like one.');
  }
  const version = view.getUint8(SEGMENT_HEADER.version[0]);
  if (version !== SEGMENT_VERSION) {
    throw new Fault('unsupported', `A segment of version ${version} is stored.`);
  }
  const chunks = view.getUint8(SEGMENT_HEADER.chunks[0]);
  const body = bytes.subarray(SEGMENT_HEADER_BYTES);
  if (
    body.length !== chunks * AGGREGATE_BYTES ||
    crc32(body) !== view.getUint32(SEGMENT_HEADER.checksum[0], true)
  ) {
    throw new Fault('corrupt', 'The aggregates of a stored segment fail their checksum.');
  }
  return Array.from({ length: chunks }, (_, i) =>
    decodeRecord(view, SEGMENT_HEADER_BYTES + i * AGGREGATE_BYTES),
  );
}

function decodeRecord(view: DataView, at: number): ChunkRecord {
  const double = (name: (typeof DOUBLES)[number]) => view.getFloat64(at + AGGREGATE[name][0], true);
  return {
    points: view.getUint32(at + AGGREGATE.points[0], true),
    dataBytes: view.getUint32(at + AGGREGATE.dataBytes[0], true),
    checksum: view.getUint32(at + AGGREGATE.checksum[0], true),
    flags: view.getUint8(at + AGGREGATE.flags[0]),
    timesAscend: view.getUint8(at + AGGREGATE.order[0]) === TIMES_ASCEND,
    minAt: view.getUint32(at + AGGREGATE.minAt[0], true),
    maxAt: view.getUint32(at + AGGREGATE.maxAt[0], true),
    stepFrom: double('stepFrom'),
    timeFrom: double('timeFrom'),
    stepTo: double('stepTo'),
    timeTo: double('timeTo'),
    timeLeast: double('timeLeast'),
    timeGreatest: double('timeGreatest'),
    firstStep: double('firstStep'),
    firstTime: double('firstTime'),
    first: double('first'),
    lastStep: double('lastStep'),
    lastTime: double('lastTime'),
    last: double('last'),
    min: double('min'),
    max: double('max'),
  };
}
