// The fixed parts of what storage/series writes, as FORMAT.md draws them; a test holds the two together.
// All numbers are little-endian. Offsets are bytes from the start of the structure.

/** Where a field is: `u8`, `u16`, `u32` or `f64` at an offset. */
export type Layout = Readonly<Record<string, readonly [offset: number, type: 'u8' | 'u16' | 'u32' | 'f64']>>;

/** "CJ", "CS" and "CC" as the first two bytes. */
export const JOURNAL_MAGIC = 0x4a43;
export const SEGMENT_MAGIC = 0x5343;
export const CHUNK_MAGIC = 0x4343;

export const JOURNAL_VERSION = 1;
export const SEGMENT_VERSION = 1;
export const CHUNK_VERSION = 1;

export const JOURNAL_HEADER_BYTES = 48;
export const JOURNAL_HEADER = {
  magic: [0, 'u16'],
  version: [2, 'u8'],
  raw: [3, 'u8'],
  checksum: [4, 'u32'],
  sequence: [8, 'f64'],
  at: [16, 'f64'],
  runs: [24, 'u32'],
  points: [28, 'u32'],
  runBytes: [32, 'u32'],
  stepBytes: [36, 'u32'],
  timeBytes: [40, 'u32'],
  zero: [44, 'u32'],
} as const satisfies Layout;

/** Bits of `raw`. */
export const RAW_STEPS = 1;
export const RAW_TIMES = 2;

export const SEGMENT_HEADER_BYTES = 8;
export const SEGMENT_HEADER = {
  magic: [0, 'u16'],
  version: [2, 'u8'],
  chunks: [3, 'u8'],
  checksum: [4, 'u32'],
} as const satisfies Layout;

export const AGGREGATE_BYTES = 136;
export const AGGREGATE = {
  points: [0, 'u32'],
  dataBytes: [4, 'u32'],
  checksum: [8, 'u32'],
  flags: [12, 'u8'],
  order: [13, 'u8'],
  zero: [14, 'u16'],
  minAt: [16, 'u32'],
  maxAt: [20, 'u32'],
  stepFrom: [24, 'f64'],
  timeFrom: [32, 'f64'],
  stepTo: [40, 'f64'],
  timeTo: [48, 'f64'],
  timeLeast: [56, 'f64'],
  timeGreatest: [64, 'f64'],
  firstStep: [72, 'f64'],
  firstTime: [80, 'f64'],
  first: [88, 'f64'],
  lastStep: [96, 'f64'],
  lastTime: [104, 'f64'],
  last: [112, 'f64'],
  min: [120, 'f64'],
  max: [128, 'f64'],
} as const satisfies Layout;

/** `minAt` and `maxAt` of a chunk without a finite value. */
export const NOWHERE = 0xffffffff;
/** `order` when times ascend in the order (step, time, value). */
export const TIMES_ASCEND = 1;

export const CHUNK_HEADER_BYTES = 4;
export const CHUNK_HEADER = {
  magic: [0, 'u16'],
  version: [2, 'u8'],
  zero: [3, 'u8'],
} as const satisfies Layout;

/** Three of these follow the chunk header: steps, times, values. */
export const COLUMN_HEADER_BYTES = 12;
export const COLUMN_HEADER = {
  kind: [0, 'u8'],
  exponent: [1, 'u8'],
  planes: [2, 'u8'],
  isCompressed: [3, 'u8'],
  rawBytes: [4, 'u32'],
  storedBytes: [8, 'u32'],
} as const satisfies Layout;

/** How a column is encoded. */
export const COLUMN_KIND = {
  constant: 0,
  linear: 1,
  deltaOfDelta: 2,
  scaled: 3,
  scaledDelta: 4,
  float32: 5,
  float64: 6,
} as const;

export const SUMMARY_BYTES = 76;
export const SUMMARY = {
  version: [0, 'u8'],
  present: [1, 'u8'],
  zero: [2, 'u16'],
  lastStep: [4, 'f64'],
  lastTime: [12, 'f64'],
  last: [20, 'f64'],
  minStep: [28, 'f64'],
  minTime: [36, 'f64'],
  min: [44, 'f64'],
  maxStep: [52, 'f64'],
  maxTime: [60, 'f64'],
  max: [68, 'f64'],
} as const satisfies Layout;

export const SUMMARY_VERSION = 1;

/** Heads are sealed at this many points; a chunk holds fewer than twice as many. */
export const CHUNK_POINTS = 1024;
/** A segment is packed from this many loose ones. */
export const LOOSE_SEGMENTS = 8;
/** Most points of one journal record: 2^24 · (8 + 2 · 8 + 16) bytes stay below SQLite's 10^9 bytes a value. */
export const MOST_JOURNAL_POINTS = 2 ** 24;
