// Integers as differences of differences, zigzag, LEB128: a regular column costs one byte a point before zstd.
// Promise: what is encoded decodes to the same doubles; a column for which that fails is refused, not rounded.
// From: Pelkonen et al., "Gorilla", VLDB 2015 §4.1.1 (the differences); LEB128 as in DWARF.

/** Room for the worst case: ⌈53 / 7⌉ bytes a value. */
export const MOST_VARINT_BYTES = 8;

const FAST = 2 ** 30;
const EXACT = 2 ** 51;

/** Writes a non-negative integer below 2^53; returns the offset behind it. */
export function putVarint(out: Uint8Array, at: number, value: number): number {
  let rest = value;
  let next = at;
  while (rest >= 0x80000000) {
    out[next++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  let low = rest | 0;
  while (low > 127) {
    out[next++] = (low & 127) | 128;
    low >>>= 7;
  }
  out[next++] = low;
  return next;
}

/**
 * Writes values[from … to) behind `at` and returns the offset behind them, or −1 (with rubbish written) when one is
 * not an integer that comes back exactly. `out` has MOST_VARINT_BYTES a value.
 */
export function putDeltas(
  out: Uint8Array,
  at: number,
  values: Float64Array,
  from: number,
  to: number,
): number {
  let next = at;
  let previous = 0;
  let previousDelta = 0;
  for (let i = from; i < to; i += 1) {
    const value = values[i] as number;
    const delta = value - previous;
    const change = delta - previousDelta;
    if (previous + delta !== value || previousDelta + change !== delta) return -1;
    previous = value;
    previousDelta = delta;
    if (change === 0) {
      out[next++] = 0;
    } else if (change > -FAST && change < FAST) {
      const whole = change | 0;
      if (whole !== change) return -1;
      let zigzag = (whole << 1) ^ (whole >> 31);
      while (zigzag > 127) {
        out[next++] = (zigzag & 127) | 128;
        zigzag >>>= 7;
      }
      out[next++] = zigzag;
    } else {
      if (!(Number.isInteger(change) && Math.abs(change) <= EXACT)) return -1;
      next = putVarint(out, next, change > 0 ? change * 2 : -change * 2 - 1);
    }
  }
  return next;
}

/** Where `takeVarint` and `takeDeltas` read. */
export interface ByteReader {
  readonly bytes: Uint8Array;
  at: number;
  /** Reading stops here: what would go on is not a value. */
  readonly end: number;
}

/** The next value; NaN when the bytes end within it or it is longer than any that is written. */
export function takeVarint(reader: ByteReader): number {
  const { bytes, end } = reader;
  let scale = 1;
  let value = 0;
  for (let length = 0; length < MOST_VARINT_BYTES && reader.at < end; length += 1) {
    const byte = bytes[reader.at++] as number;
    value += (byte & 127) * scale;
    if (byte < 128) return value;
    scale *= 128;
  }
  return NaN;
}

/** Fills `out`; false when the bytes do not hold that many values. */
export function takeDeltas(reader: ByteReader, out: Float64Array): boolean {
  const { bytes, end } = reader;
  let previous = 0;
  let delta = 0;
  for (let i = 0; i < out.length; i += 1) {
    const byte = reader.at < end ? (bytes[reader.at] as number) : 128;
    if (byte < 128) {
      reader.at += 1;
      delta += (byte >> 1) ^ -(byte & 1);
    } else {
      const zigzag = takeVarint(reader);
      if (Number.isNaN(zigzag)) return false;
      delta += zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
    }
    previous += delta;
    out[i] = previous;
  }
  return true;
}
