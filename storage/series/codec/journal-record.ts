// The journal record: all points of one group commit, columnar, as drawn in FORMAT.md §2.
// Promise: what is acknowledged decodes to the same bits or is reported as corrupt with its sequence; never a guess.
import { crc32 } from 'node:zlib';
import { Fault } from '#core/domain/fault.ts';
import type { PointColumns } from '#core/domain/point.ts';
import { bytesOf, doublesOf } from './column.ts';
import { MOST_VARINT_BYTES, putDeltas, putVarint, takeDeltas, takeVarint } from './delta-of-delta.ts';
import {
  JOURNAL_HEADER,
  JOURNAL_HEADER_BYTES,
  JOURNAL_MAGIC,
  JOURNAL_VERSION,
  MOST_JOURNAL_POINTS,
  RAW_STEPS,
  RAW_TIMES,
} from './layout.ts';

/** Points run after run: the first counts[0] rows are of series[0], and so on. A series may have several runs. */
export interface JournalRecord extends PointColumns {
  readonly sequence: number;
  /** Milliseconds UTC of the commit. */
  readonly at: number;
  readonly series: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
}

/** Encodes a record; columns may be longer than the counts add up to. @throws Fault `too_large`. */
export function encodeJournal(record: JournalRecord): Uint8Array {
  const { series, counts } = record;
  let points = 0;
  for (let i = 0; i < counts.length; i += 1) points += counts[i] as number;
  if (points > MOST_JOURNAL_POINTS) {
    throw new Fault('too_large', `One commit carries ${points} points, more than ${MOST_JOURNAL_POINTS}.`);
  }
  const most =
    JOURNAL_HEADER_BYTES + 2 * MOST_VARINT_BYTES * series.length + (2 * MOST_VARINT_BYTES + 8) * points;
  const bytes = new Uint8Array(most);
  const runsEnd = putRuns(bytes, JOURNAL_HEADER_BYTES, series, counts);
  const steps = putPositions(bytes, runsEnd, record.steps, points);
  const times = putPositions(bytes, steps.end, record.times, points);
  bytes.set(bytesOf(record.values.subarray(0, points)), times.end);
  const used = bytes.subarray(0, times.end + points * 8);
  const view = new DataView(bytes.buffer);
  view.setUint16(JOURNAL_HEADER.magic[0], JOURNAL_MAGIC, true);
  view.setUint8(JOURNAL_HEADER.version[0], JOURNAL_VERSION);
  view.setUint8(JOURNAL_HEADER.raw[0], (steps.isRaw ? RAW_STEPS : 0) | (times.isRaw ? RAW_TIMES : 0));
  view.setFloat64(JOURNAL_HEADER.sequence[0], record.sequence, true);
  view.setFloat64(JOURNAL_HEADER.at[0], record.at, true);
  view.setUint32(JOURNAL_HEADER.runs[0], series.length, true);
  view.setUint32(JOURNAL_HEADER.points[0], points, true);
  view.setUint32(JOURNAL_HEADER.runBytes[0], runsEnd - JOURNAL_HEADER_BYTES, true);
  view.setUint32(JOURNAL_HEADER.stepBytes[0], steps.end - runsEnd, true);
  view.setUint32(JOURNAL_HEADER.timeBytes[0], times.end - steps.end, true);
  view.setUint32(JOURNAL_HEADER.checksum[0], crc32(used.subarray(JOURNAL_HEADER.sequence[0])), true);
  return used;
}

/** Decodes the record of the row `sequence`. @throws Fault `corrupt` naming it, `unsupported` for a later version. */
export function decodeJournal(bytes: Uint8Array, sequence: number): JournalRecord {
  const corrupt = (what: string) =>
    new Fault('corrupt', `Journal record ${sequence} ${what}.`, { subject: 'journal' });
  if (bytes.length < JOURNAL_HEADER_BYTES) throw corrupt('is shorter than its header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(JOURNAL_HEADER.magic[0], true) !== JOURNAL_MAGIC)
    throw corrupt('does not begin like one');
  const version = view.getUint8(JOURNAL_HEADER.version[0]);
  if (version !== JOURNAL_VERSION) {
    throw new Fault('unsupported', `Journal record ${sequence} has version ${version}.`);
  }
  if (
    crc32(bytes.subarray(JOURNAL_HEADER.sequence[0])) !== view.getUint32(JOURNAL_HEADER.checksum[0], true)
  ) {
    throw corrupt('fails its checksum');
  }
  if (view.getFloat64(JOURNAL_HEADER.sequence[0], true) !== sequence) throw corrupt('belongs to another row');
  const u32 = (name: 'runs' | 'points' | 'runBytes' | 'stepBytes' | 'timeBytes') =>
    view.getUint32(JOURNAL_HEADER[name][0], true);
  const raw = view.getUint8(JOURNAL_HEADER.raw[0]);
  const points = u32('points');
  const stepsAt = JOURNAL_HEADER_BYTES + u32('runBytes');
  const timesAt = stepsAt + u32('stepBytes');
  const valuesAt = timesAt + u32('timeBytes');
  if (valuesAt + points * 8 !== bytes.length) throw corrupt('has another length than its header says');
  const runs = takeRuns(bytes, stepsAt, u32('runs'));
  const steps = takePositions(bytes.subarray(stepsAt, timesAt), points, (raw & RAW_STEPS) !== 0);
  const times = takePositions(bytes.subarray(timesAt, valuesAt), points, (raw & RAW_TIMES) !== 0);
  if (!runs || runs.points !== points || !steps || !times)
    throw corrupt('does not hold the points it announces');
  const values = doublesOf(bytes.subarray(valuesAt));
  const { series, counts } = runs;
  return { sequence, at: view.getFloat64(JOURNAL_HEADER.at[0], true), series, counts, steps, times, values };
}

function putRuns(out: Uint8Array, at: number, series: ArrayLike<number>, counts: ArrayLike<number>): number {
  let next = at;
  let previous = 0;
  for (let i = 0; i < series.length; i += 1) {
    const id = series[i] as number;
    const change = id - previous;
    previous = id;
    next = putVarint(out, next, change >= 0 ? change * 2 : -change * 2 - 1);
    next = putVarint(out, next, counts[i] as number);
  }
  return next;
}

function takeRuns(bytes: Uint8Array, end: number, runs: number) {
  const reader = { bytes, at: JOURNAL_HEADER_BYTES, end };
  if (runs * 2 > end - reader.at) return undefined;
  const series = new Float64Array(runs);
  const counts = new Uint32Array(runs);
  let id = 0;
  let points = 0;
  for (let i = 0; i < runs; i += 1) {
    const zigzag = takeVarint(reader);
    id += zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
    series[i] = id;
    const count = takeVarint(reader);
    counts[i] = count;
    points += count;
  }
  return reader.at === end ? { series, counts, points } : undefined;
}

function putPositions(out: Uint8Array, at: number, column: Float64Array, points: number) {
  const end = putDeltas(out, at, column, 0, points);
  if (end >= 0) return { end, isRaw: false };
  out.set(bytesOf(column.subarray(0, points)), at);
  return { end: at + points * 8, isRaw: true };
}

function takePositions(bytes: Uint8Array, points: number, isRaw: boolean): Float64Array | undefined {
  if (isRaw) return bytes.length === points * 8 ? doublesOf(bytes) : undefined;
  if (bytes.length < points) return undefined;
  const reader = { bytes, at: 0, end: bytes.length };
  const out = new Float64Array(points);
  return takeDeltas(reader, out) && reader.at === reader.end ? out : undefined;
}
