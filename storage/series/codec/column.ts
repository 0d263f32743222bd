// One column of a chunk in the smallest of a few encodings, chosen by looking at all of its values.
// Promise: every double comes back with the same 64 bits, NaN payloads and −0 included.
import { Fault } from '#core/domain/fault.ts';
import { joinPlanes, splitPlanes } from './byte-planes.ts';
import { MOST_VARINT_BYTES, putDeltas, takeDeltas } from './delta-of-delta.ts';
import { COLUMN_KIND } from './layout.ts';
import { scaledPlanes, scaleValues, unscale } from './scaled-integers.ts';

/** What the column header says beside lengths. */
export interface ColumnKind {
  readonly kind: number;
  readonly exponent: number;
  readonly planes: number;
}

/** A column before zstd. */
export interface EncodedColumn extends ColumnKind {
  readonly payload: Uint8Array;
}

/** Encodes at least one value. Positions (steps, times) try differences of differences first, values never do. */
export function encodeColumn(values: Float64Array, isPosition: boolean): EncodedColumn {
  return (
    constant(values) ??
    linear(values) ??
    (isPosition ? deltaOfDelta(values) : undefined) ??
    decimal(values) ??
    float32(values) ??
    column(COLUMN_KIND.float64, splitPlanes(bytesOf(values), 8))
  );
}

/** The `count` values of a payload. @throws Fault `corrupt` when it does not hold them. */
export function decodeColumn(kind: ColumnKind, payload: Uint8Array, count: number): Float64Array {
  const { kind: code, exponent, planes } = kind;
  if (code === COLUMN_KIND.float64) {
    expectBytes(payload, count * 8);
    return new Float64Array(joinPlanes(payload, 8));
  }
  if (code === COLUMN_KIND.float32) {
    expectBytes(payload, count * 4);
    return new Float64Array(new Float32Array(joinPlanes(payload, 4)));
  }
  if (code === COLUMN_KIND.deltaOfDelta) {
    const out = new Float64Array(count);
    const reader = { bytes: payload, at: 0, end: payload.length };
    if (!takeDeltas(reader, out) || reader.at !== reader.end) throw shortened();
    return out;
  }
  if (code === COLUMN_KIND.constant) {
    expectBytes(payload, 8);
    return repeat(payload, count);
  }
  if (code === COLUMN_KIND.linear) {
    expectBytes(payload, 16);
    const [base = 0, delta = 0] = doublesOf(payload);
    const out = new Float64Array(count);
    for (let i = 0; i < count; i += 1) out[i] = base + i * delta;
    return out;
  }
  if (code !== COLUMN_KIND.scaled && code !== COLUMN_KIND.scaledDelta) {
    throw new Fault('corrupt', `A column of an unknown kind, ${code}, is stored.`);
  }
  expectBytes(payload, 8 + count * planes);
  const [base = 0] = doublesOf(payload.subarray(0, 8));
  const isDelta = code === COLUMN_KIND.scaledDelta;
  return unscale({ exponent, planes, isDelta, base }, payload.subarray(8), count);
}

/** The bytes of doubles, not copied. */
export function bytesOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** Doubles of bytes at any alignment, copied. */
export function doublesOf(bytes: Uint8Array): Float64Array {
  const out = new Float64Array(bytes.length / 8);
  bytesOf(out).set(bytes);
  return out;
}

function column(kind: number, payload: Uint8Array, exponent = 0, planes = 0): EncodedColumn {
  return { kind, exponent, planes, payload };
}

/** Compared by bits: NaN repeats with its payload, −0 is not 0. */
function constant(values: Float64Array): EncodedColumn | undefined {
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  const low = words[0];
  const high = words[1];
  for (let i = 2; i < words.length; i += 2) {
    if (words[i] !== low || words[i + 1] !== high) return undefined;
  }
  return column(COLUMN_KIND.constant, bytesOf(values).slice(0, 8));
}

function linear(values: Float64Array): EncodedColumn | undefined {
  const base = values[0] as number;
  const delta = (values[1] as number) - base;
  for (let i = 0; i < values.length; i += 1) {
    if (!Object.is(base + i * delta, values[i])) return undefined;
  }
  // A NaN equals itself here whatever its payload.
  return Number.isNaN(base + delta)
    ? undefined
    : column(COLUMN_KIND.linear, bytesOf(Float64Array.of(base, delta)));
}

function deltaOfDelta(values: Float64Array): EncodedColumn | undefined {
  const out = new Uint8Array(values.length * MOST_VARINT_BYTES);
  const end = putDeltas(out, 0, values, 0, values.length);
  return end < 0 || hasNegativeZero(values) ? undefined : column(COLUMN_KIND.deltaOfDelta, out.slice(0, end));
}

function decimal(values: Float64Array): EncodedColumn | undefined {
  const scaled = scaleValues(values);
  if (!scaled) return undefined;
  if (scaled.planes >= 4 && float32(values)) return undefined;
  const planes = scaledPlanes(scaled);
  const payload = new Uint8Array(8 + planes.length);
  payload.set(bytesOf(Float64Array.of(scaled.base)));
  payload.set(planes, 8);
  const kind = scaled.isDelta ? COLUMN_KIND.scaledDelta : COLUMN_KIND.scaled;
  return column(kind, payload, scaled.exponent, scaled.planes);
}

/** The bits of the quiet NaN without payload, the only one that a float32 gives back unchanged. */
const PLAIN_NAN_HIGH = 0x7ff80000;

function float32(values: Float64Array): EncodedColumn | undefined {
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (Math.fround(value) === value) continue;
    if (words[2 * i + 1] !== PLAIN_NAN_HIGH || words[2 * i] !== 0) return undefined;
  }
  const narrow = new Float32Array(values);
  return column(COLUMN_KIND.float32, splitPlanes(new Uint8Array(narrow.buffer), 4));
}

function hasNegativeZero(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i += 1) if (Object.is(values[i], -0)) return true;
  return false;
}

function repeat(bytes: Uint8Array, count: number): Float64Array {
  const out = new Float64Array(count);
  const [value = 0] = doublesOf(bytes);
  if (Number.isNaN(value)) for (let i = 0; i < count; i += 1) bytesOf(out).set(bytes, i * 8);
  else out.fill(value);
  return out;
}

function expectBytes(payload: Uint8Array, bytes: number): void {
  if (payload.length !== bytes) throw shortened();
}

function shortened(): Fault {
  return new Fault('corrupt', 'A stored column has another length than its points.');
}
