// Doubles that are decimal numbers of few digits, as integers: value = integer / 10^exponent. Both are exact doubles
// and IEEE division rounds correctly, so the quotient is the double that the decimal text was parsed to.
// From: Afroozeh, Kuffó, Boncz, "ALP: Adaptive Lossless floating-Point Compression", SIGMOD 2024.
import { addIntegers, splitIntegers } from './byte-planes.ts';

/** Beyond 10^22 powers of ten are no exact doubles; beyond 15 digits integers fill as many planes as the double. */
const MOST_EXPONENT = 15;
const MOST_INTEGER = 2 ** 51;
const POWERS = Array.from({ length: MOST_EXPONENT + 1 }, (_, exponent) => 10 ** exponent);

export interface ScaledColumn {
  readonly exponent: number;
  /** Bytes of each integer. */
  readonly planes: number;
  /** Whether the integers are zigzag differences (the first from `base`) instead of offsets from `base`. */
  readonly isDelta: boolean;
  readonly base: number;
  /** Non-negative, below 256^planes. */
  readonly integers: Float64Array;
}

/** The values as scaled integers; undefined when one of them (NaN, infinite, −0, too many digits) is none. */
export function scaleValues(values: Float64Array): ScaledColumn | undefined {
  const exponent = findExponent(values);
  if (exponent === undefined) return undefined;
  const power = POWERS[exponent] as number;
  const scaled = new Float64Array(values.length);
  let min = Infinity;
  let max = -Infinity;
  let widest = 0;
  for (let i = 0; i < values.length; i += 1) {
    const integer = Math.round((values[i] as number) * power);
    scaled[i] = integer;
    if (integer < min) min = integer;
    if (integer > max) max = integer;
    if (i > 0) widest = Math.max(widest, zigzag(integer - (scaled[i - 1] as number)));
  }
  const isDelta = bytesFor(widest) < bytesFor(max - min);
  const base = isDelta ? (scaled[0] as number) + 0 : min + 0;
  if (isDelta) {
    for (let i = scaled.length - 1; i > 0; i -= 1) {
      scaled[i] = zigzag((scaled[i] as number) - (scaled[i - 1] as number));
    }
    scaled[0] = 0;
  } else {
    for (let i = 0; i < scaled.length; i += 1) scaled[i] = (scaled[i] as number) - min;
  }
  return { exponent, planes: bytesFor(isDelta ? widest : max - min), isDelta, base, integers: scaled };
}

/** The planes of the integers, lowest first. */
export function scaledPlanes(column: ScaledColumn): Uint8Array {
  return splitIntegers(column.integers, column.planes);
}

/** The values of a column of which `integers` is not known but its planes. */
export function unscale(
  column: Omit<ScaledColumn, 'integers'>,
  planes: Uint8Array,
  count: number,
): Float64Array {
  const values = new Float64Array(count);
  if (!column.isDelta) values.fill(column.base);
  addIntegers(planes, column.planes, values);
  if (column.isDelta) {
    let sum = column.base;
    for (let i = 0; i < count; i += 1) {
      const code = values[i] as number;
      sum += code % 2 === 0 ? code / 2 : -(code + 1) / 2;
      values[i] = sum;
    }
  }
  const power = POWERS[column.exponent] as number;
  if (power !== 1) for (let i = 0; i < count; i += 1) values[i] = (values[i] as number) / power;
  return values;
}

/** The least exponent that fits all, found by raising it whenever a value does not fit. */
function findExponent(values: Float64Array): number | undefined {
  let exponent = 0;
  for (let i = 0; i < values.length; i += 1) {
    while (!fits(values[i] as number, POWERS[exponent] as number)) {
      exponent += 1;
      if (exponent > MOST_EXPONENT) return undefined;
      // What fitted a lower exponent fits a higher one unless it grows too large, which is seen again below.
    }
  }
  const power = POWERS[exponent] as number;
  for (let i = 0; i < values.length; i += 1) if (!fits(values[i] as number, power)) return undefined;
  return exponent;
}

function fits(value: number, power: number): boolean {
  const integer = Math.round(value * power);
  return Math.abs(integer) <= MOST_INTEGER && integer / power === value && !Object.is(value, -0);
}

function zigzag(difference: number): number {
  return difference >= 0 ? difference * 2 : -difference * 2 - 1;
}

function bytesFor(integer: number): number {
  let bytes = 1;
  for (let limit = 256; integer >= limit; limit *= 256) bytes += 1;
  return bytes;
}
