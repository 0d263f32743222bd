import { fromMetricValue, toMetricValue, type MetricValue } from './numbers.ts';

// One binary frame for many chart series, little-endian throughout, every block aligned to 8 bytes:
//
//   0   4  magic "CSF1"
//   4   4  u32 length H of the header in bytes
//   8   H  UTF-8 JSON header: { items: FrameItem[] } padded with spaces to a multiple of 8
//   8+H    per item that has buckets, in order, n = item.buckets:
//          7 × n × f64  index, xFirst, xLast, first, last, min, max
//          n × u32      count, zero-padded to 8
//          n × u8       flags (bit 0 NaN, 1 +Infinity, 2 −Infinity), zero-padded to 8
//
// Float64 throughout: a chart equals brute force over the points, never a rounding of them.

const MAGIC = 0x31_46_53_43;
const DOUBLES = ['index', 'xFirst', 'xLast', 'first', 'last', 'min', 'max'] as const;

/** The columns of one series' non-empty buckets; bucket i covers x in [index·width, (index+1)·width). */
export interface FrameBuckets {
  readonly width: number;
  readonly index: Float64Array;
  readonly xFirst: Float64Array;
  readonly xLast: Float64Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly count: Uint32Array;
  readonly flags: Uint8Array;
}

export interface FrameSeries {
  readonly run: string;
  readonly metric: string;
  /** Points in the range, exact repetitions counted once. */
  readonly points: number;
  /** Range of x over all points of the series. */
  readonly extent?: readonly [number, number];
  readonly buckets: FrameBuckets;
  /** Buckets of the smoothed series, when smoothing was asked for. */
  readonly smoothed?: FrameBuckets;
}

interface HeaderItem {
  run: string;
  metric: string;
  points: number;
  extent?: [MetricValue, MetricValue];
  width: number;
  buckets: number;
  smoothed?: { width: number; buckets: number };
}

export function encodeSeriesFrame(items: readonly FrameSeries[]): Uint8Array {
  const header: HeaderItem[] = items.map((item) => ({
    run: item.run,
    metric: item.metric,
    points: item.points,
    ...(item.extent && { extent: [toMetricValue(item.extent[0]), toMetricValue(item.extent[1])] }),
    width: item.buckets.width,
    buckets: item.buckets.index.length,
    ...(item.smoothed && { smoothed: { width: item.smoothed.width, buckets: item.smoothed.index.length } }),
  }));
  const text = new TextEncoder().encode(JSON.stringify({ items: header }));
  const headerBytes = padded(text.length);
  const blocks = items.flatMap((item) => (item.smoothed ? [item.buckets, item.smoothed] : [item.buckets]));
  const total = blocks.reduce((bytes, block) => bytes + blockBytes(block.index.length), 8 + headerBytes);
  const frame = new Uint8Array(total);
  const view = new DataView(frame.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, headerBytes, true);
  frame.fill(0x20, 8, 8 + headerBytes);
  frame.set(text, 8);
  let at = 8 + headerBytes;
  for (const block of blocks) at = writeBlock(frame, at, block);
  return frame;
}

/** @throws Error when the bytes are no frame of this version. */
export function decodeSeriesFrame(buffer: ArrayBuffer): FrameSeries[] {
  const view = new DataView(buffer);
  if (buffer.byteLength < 8 || view.getUint32(0, true) !== MAGIC) throw new Error('Not a series frame.');
  const headerBytes = view.getUint32(4, true);
  const text = new TextDecoder().decode(new Uint8Array(buffer, 8, headerBytes));
  const header = JSON.parse(text) as { items: HeaderItem[] };
  let at = 8 + headerBytes;
  const take = (width: number, n: number): FrameBuckets => {
    const block = readBlock(buffer, at, width, n);
    at += blockBytes(n);
    return block;
  };
  return header.items.map((item) => ({
    run: item.run,
    metric: item.metric,
    points: item.points,
    ...(item.extent && {
      extent: [fromMetricValue(item.extent[0]), fromMetricValue(item.extent[1])] as const,
    }),
    buckets: take(item.width, item.buckets),
    ...(item.smoothed && { smoothed: take(item.smoothed.width, item.smoothed.buckets) }),
  }));
}

function blockBytes(n: number): number {
  return DOUBLES.length * 8 * n + padded(4 * n) + padded(n);
}

function writeBlock(frame: Uint8Array, start: number, block: FrameBuckets): number {
  const n = block.index.length;
  let at = start;
  for (const column of DOUBLES) {
    new Float64Array(frame.buffer, at, n).set(block[column]);
    at += 8 * n;
  }
  new Uint32Array(frame.buffer, at, n).set(block.count);
  at += padded(4 * n);
  frame.set(block.flags, at);
  return at + padded(n);
}

function readBlock(buffer: ArrayBuffer, start: number, width: number, n: number): FrameBuckets {
  const double = (column: number): Float64Array => new Float64Array(buffer, start + column * 8 * n, n);
  const countAt = start + DOUBLES.length * 8 * n;
  return {
    width,
    index: double(0),
    xFirst: double(1),
    xLast: double(2),
    first: double(3),
    last: double(4),
    min: double(5),
    max: double(6),
    count: new Uint32Array(buffer, countAt, n),
    flags: new Uint8Array(buffer, countAt + padded(4 * n), n),
  };
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
