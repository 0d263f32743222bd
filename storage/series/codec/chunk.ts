// A chunk: the columns of 1…2047 points of one series, sorted and without repetitions, as drawn in FORMAT.md §4.
// Promise: decode(encode(columns)) has the same bits. Columns are decoded one by one: a chart over steps never
// pays for times. One zstd call costs about 25 µs whatever its size, so frames of many chunks share a call.
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { Fault } from '#core/domain/fault.ts';
import type { PointColumns } from '#core/domain/point.ts';
import { decodeColumn, encodeColumn } from './column.ts';
import {
  CHUNK_HEADER,
  CHUNK_HEADER_BYTES,
  CHUNK_MAGIC,
  CHUNK_VERSION,
  COLUMN_HEADER,
  COLUMN_HEADER_BYTES,
} from './layout.ts';

const COLUMNS = ['steps', 'times', 'values'] as const;
const ZSTD_LEVEL = 3;
/** Shorter payloads are of chunks that were sealed early and will be packed: a zstd call would cost more than it saves. */
const LEAST_COMPRESSED = 512;
const HEADERS_BYTES = CHUNK_HEADER_BYTES + 3 * COLUMN_HEADER_BYTES;

export type ColumnName = (typeof COLUMNS)[number];

/** A chunk's bytes with what its aggregate says of them. */
export interface StoredChunk {
  readonly data: Uint8Array;
  readonly points: number;
  readonly checksum: number;
}

/** Encodes columns of equal length, at least one point. */
export function encodeChunk(columns: PointColumns): Uint8Array {
  const encoded = COLUMNS.map((name) => encodeColumn(columns[name], name !== 'values'));
  const stored = encoded.map(({ payload }) => compress(payload));
  const bytes = new Uint8Array(stored.reduce((sum, part) => sum + part.length, HEADERS_BYTES));
  const view = new DataView(bytes.buffer);
  view.setUint16(CHUNK_HEADER.magic[0], CHUNK_MAGIC, true);
  view.setUint8(CHUNK_HEADER.version[0], CHUNK_VERSION);
  let at = HEADERS_BYTES;
  for (const [i, column] of encoded.entries()) {
    const part = stored[i] as Uint8Array;
    const header = CHUNK_HEADER_BYTES + i * COLUMN_HEADER_BYTES;
    view.setUint8(header + COLUMN_HEADER.kind[0], column.kind);
    view.setUint8(header + COLUMN_HEADER.exponent[0], column.exponent);
    view.setUint8(header + COLUMN_HEADER.planes[0], column.planes);
    view.setUint8(header + COLUMN_HEADER.isCompressed[0], part === column.payload ? 0 : 1);
    view.setUint32(header + COLUMN_HEADER.rawBytes[0], column.payload.length, true);
    view.setUint32(header + COLUMN_HEADER.storedBytes[0], part.length, true);
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Decodes the named columns of many chunks; the others stay empty. @throws Fault `corrupt`. */
export function decodeChunks(
  chunks: readonly StoredChunk[],
  names: readonly ColumnName[] = COLUMNS,
): PointColumns[] {
  const wanted = chunks.flatMap((chunk) => {
    verify(chunk);
    return names.map((name) => locate(chunk, COLUMNS.indexOf(name)));
  });
  const payloads = decompress(wanted);
  return chunks.map((chunk, i) => {
    const columns: Record<ColumnName, Float64Array> = { steps: NONE, times: NONE, values: NONE };
    for (const [j, name] of names.entries()) {
      const place = i * names.length + j;
      columns[name] = decodeColumn(wanted[place] as Located, payloads[place] as Uint8Array, chunk.points);
    }
    return columns;
  });
}

const NONE = new Float64Array(0);

interface Located {
  readonly kind: number;
  readonly exponent: number;
  readonly planes: number;
  readonly isCompressed: boolean;
  readonly rawBytes: number;
  readonly bytes: Uint8Array;
}

function verify({ data, checksum }: StoredChunk): void {
  if (crc32(data) !== checksum) throw new Fault('corrupt', 'A stored chunk fails its checksum.');
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (view.getUint16(CHUNK_HEADER.magic[0], true) !== CHUNK_MAGIC) {
    throw new Fault('corrupt', 'A stored chunk does not begin like one.');
  }
  const version = view.getUint8(CHUNK_HEADER.version[0]);
  if (version !== CHUNK_VERSION) throw new Fault('unsupported', `A chunk of version ${version} is stored.`);
}

function locate({ data }: StoredChunk, wanted: number): Located {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let at = HEADERS_BYTES;
  for (let i = 0; i < wanted; i += 1) at += storedBytes(view, i);
  const header = CHUNK_HEADER_BYTES + wanted * COLUMN_HEADER_BYTES;
  return {
    kind: view.getUint8(header + COLUMN_HEADER.kind[0]),
    exponent: view.getUint8(header + COLUMN_HEADER.exponent[0]),
    planes: view.getUint8(header + COLUMN_HEADER.planes[0]),
    isCompressed: view.getUint8(header + COLUMN_HEADER.isCompressed[0]) === 1,
    rawBytes: view.getUint32(header + COLUMN_HEADER.rawBytes[0], true),
    bytes: data.subarray(at, at + storedBytes(view, wanted)),
  };
}

function storedBytes(view: DataView, column: number): number {
  const header = CHUNK_HEADER_BYTES + column * COLUMN_HEADER_BYTES;
  return view.getUint32(header + COLUMN_HEADER.storedBytes[0], true);
}

/** The payload itself when zstd does not make it smaller. */
function compress(payload: Uint8Array): Uint8Array {
  if (payload.length < LEAST_COMPRESSED) return payload;
  const frame = zstdCompressSync(payload, {
    params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL },
    pledgedSrcSize: payload.length,
    chunkSize: payload.length + 512,
  });
  return frame.length < payload.length ? frame : payload;
}

/** Payloads of all columns. Frames one behind the other are a valid zstd stream (RFC 8878 §3), hence one call. */
function decompress(columns: readonly Located[]): Uint8Array[] {
  const frames = columns.filter((column) => column.isCompressed);
  const rawBytes = frames.reduce((sum, column) => sum + column.rawBytes, 0);
  const raw = frames.length === 0 ? NO_BYTES : inflate(frames, rawBytes);
  let at = 0;
  return columns.map((column) => {
    if (!column.isCompressed) return column.bytes;
    at += column.rawBytes;
    return raw.subarray(at - column.rawBytes, at);
  });
}

const NO_BYTES = new Uint8Array(0);

function inflate(frames: readonly Located[], rawBytes: number): Uint8Array {
  const stream =
    frames.length === 1 ? (frames[0] as Located).bytes : Buffer.concat(frames.map(({ bytes }) => bytes));
  const raw = zstdDecompressSync(stream, { chunkSize: Math.max(64, rawBytes + 1) });
  if (raw.length !== rawBytes) throw new Fault('corrupt', 'A stored chunk holds another number of bytes.');
  return raw;
}
