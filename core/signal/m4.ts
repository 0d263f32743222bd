// M4 aggregation: per bucket of x the first, last, smallest and greatest value, which is all that a line raster of
// that many columns can show. Promise: equal, bit for bit, to looking at every point of each bucket.
// From: Jugel, Jerzak, Hackenbroich, Markl, "M4: A Visualization-Oriented Time Series Data Aggregation", VLDB 2014;
// here with power-of-two buckets aligned at zero, so that appending points changes the last bucket only.
import { BucketColumns } from './bucket-columns.ts';

export const HAS_NAN = 1;
export const HAS_POSITIVE_INFINITY = 2;
export const HAS_NEGATIVE_INFINITY = 4;

/**
 * The non-empty buckets, by ascending index. `first` … `max` speak of finite values and are NaN where a bucket has
 * none. Of equal extremes the earliest stands, so the zero of `min` and `max` has the sign of the first zero.
 */
export interface Buckets {
  /** Bucket i holds index[i] · width ≤ x < (index[i] + 1) · width. */
  readonly width: number;
  readonly index: Float64Array;
  /** x of the first and last finite value; where there is none, of the first and last point. */
  readonly xFirst: Float64Array;
  readonly xLast: Float64Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** All points, those that are not finite included. */
  readonly count: Uint32Array;
  /** `HAS_NAN` | `HAS_POSITIVE_INFINITY` | `HAS_NEGATIVE_INFINITY`. */
  readonly flags: Uint8Array;
}

/** What is known of points that lie in one bucket, with the meaning of a row of `Buckets`. */
export interface BucketAggregate {
  readonly count: number;
  readonly flags: number;
  readonly xFirst: number;
  readonly xLast: number;
  readonly first: number;
  readonly last: number;
  readonly min: number;
  readonly max: number;
}

/**
 * The widest power of two (2^k, k any integer) that is no wider than one of `pixels` columns of the range. A range of
 * one x, or one that is not a range, gives 1; the least width is the least positive double.
 */
export function bucketWidth(xMin: number, xMax: number, pixels: number): number {
  if (!(xMin < xMax && pixels > 0 && Number.isFinite(xMin) && Number.isFinite(xMax))) return 1;
  const span = xMax - xMin;
  // The range of two doubles may be beyond the greatest double.
  const column = span < Infinity ? span / pixels : Math.min(xMax / pixels - xMin / pixels, Number.MAX_VALUE);
  return powerOfTwoBelow(column);
}

/** The bucket of a finite x. */
export function bucketIndex(x: number, width: number): number {
  const quotient = x / width;
  // A negative x may be so near to zero that the quotient is −0; its bucket still ends at zero. `+ 0` turns −0 to 0.
  return quotient === 0 && x < 0 ? -1 : Math.floor(quotient) + 0;
}

/**
 * Buckets of points in ascending x (equal x allowed).
 * @throws RangeError when x descends to an earlier bucket or is not finite.
 */
export function bucketise(xs: Float64Array, values: Float64Array, width: number): Buckets {
  const builder = new BucketBuilder(width);
  builder.pushColumns(xs, values);
  return builder.finish();
}

/**
 * Makes `Buckets` of points in ascending x, given one by one, as columns, or as aggregates of whole chunks: the same
 * points give the same bits whichever way they came.
 */
export class BucketBuilder {
  readonly width: number;
  readonly #closed: BucketColumns;
  // The open bucket: #start ≤ x < #end. Before the first point no x is inside.
  #start = Infinity;
  #end = -Infinity;
  #index = -Infinity;
  #count = 0;
  #flags = 0;
  #xFirst = NaN;
  #xLast = NaN;
  #first = NaN;
  #last = NaN;
  #min = NaN;
  #max = NaN;

  /** @param capacity a guess of how many buckets there will be. */
  constructor(width: number, capacity = 64) {
    if (!(width > 0 && width < Infinity)) throw new RangeError(`A bucket cannot be ${width} wide.`);
    this.width = width;
    this.#closed = new BucketColumns(capacity);
  }

  /** @throws RangeError when x is not finite or lies before the open bucket. */
  push(x: number, value: number): void {
    if (!(x >= this.#start && x < this.#end)) this.#open(x);
    this.#count += 1;
    if (Number.isFinite(value)) this.#takeFinite(x, value);
    else this.#takeNonFinite(x, value);
  }

  /** The points at `from` (inclusive) … `to` (exclusive) of two columns. */
  pushColumns(xs: Float64Array, values: Float64Array, from = 0, to = xs.length): void {
    if (to > Math.min(xs.length, values.length))
      throw new RangeError(`Point ${to - 1} is not in both columns.`);
    for (let i = from; i < to; i += 1) this.push(xs[i] as number, values[i] as number);
  }

  /**
   * All points of a chunk that lies inside one bucket. The caller has compared `bucketIndex` of its first and last
   * point: when some are not finite, `xFirst` and `xLast` do not tell.
   * @throws RangeError as `push`, and when `xFirst` and `xLast` are in different buckets.
   */
  pushAggregate(chunk: BucketAggregate): void {
    if (chunk.count === 0) return;
    const { xFirst, xLast } = chunk;
    if (bucketIndex(xFirst, this.width) !== bucketIndex(xLast, this.width)) {
      throw new RangeError(`A chunk from x = ${xFirst} to ${xLast} is in more than one bucket.`);
    }
    if (!(xFirst >= this.#start && xFirst < this.#end)) this.#open(xFirst);
    const isFresh = this.#count === 0;
    this.#count += chunk.count;
    this.#flags |= chunk.flags;
    if (Number.isNaN(chunk.first)) {
      if (isFresh) this.#xFirst = xFirst;
      if (Number.isNaN(this.#first)) this.#xLast = xLast;
      return;
    }
    this.#takeFinite(xFirst, chunk.first);
    this.#xLast = xLast;
    this.#last = chunk.last;
    if (chunk.min < this.#min) this.#min = chunk.min;
    if (chunk.max > this.#max) this.#max = chunk.max;
  }

  /** Closes the last bucket and returns all. Nothing is pushed afterwards. */
  finish(): Buckets {
    this.#close();
    return { width: this.width, ...this.#closed.copy() };
  }

  #takeFinite(x: number, value: number): void {
    if (Number.isNaN(this.#first)) {
      this.#xFirst = x;
      this.#first = value;
      this.#min = value;
      this.#max = value;
    } else if (value < this.#min) {
      this.#min = value;
    } else if (value > this.#max) {
      this.#max = value;
    }
    this.#xLast = x;
    this.#last = value;
  }

  #takeNonFinite(x: number, value: number): void {
    if (Number.isNaN(value)) this.#flags |= HAS_NAN;
    else this.#flags |= value > 0 ? HAS_POSITIVE_INFINITY : HAS_NEGATIVE_INFINITY;
    if (!Number.isNaN(this.#first)) return;
    if (this.#count === 1) this.#xFirst = x;
    this.#xLast = x;
  }

  #open(x: number): void {
    const index = bucketIndex(x, this.width);
    if (!(Number.isFinite(index) && index >= this.#index)) {
      throw new RangeError(`x must be finite and ascend: ${x} came after bucket ${this.#index}.`);
    }
    // Beyond 2^53 a bucket's end rounds to its start, so that each of its points comes by here.
    if (index === this.#index) return;
    this.#close();
    this.#index = index;
    this.#start = index * this.width;
    this.#end = (index + 1) * this.width;
  }

  #close(): void {
    if (this.#count === 0) return;
    this.#closed.append({
      index: this.#index,
      xFirst: this.#xFirst,
      xLast: this.#xLast,
      first: this.#first,
      last: this.#last,
      min: this.#min,
      max: this.#max,
      count: this.#count,
      flags: this.#flags,
    });
    this.#count = 0;
    this.#flags = 0;
    this.#first = NaN;
    this.#last = NaN;
    this.#min = NaN;
    this.#max = NaN;
  }
}

const EXPONENT_BITS = 0x7ff00000;
const SUBNORMAL_SCALE = 2 ** 60;
const LEAST_NORMAL = 2 ** -1022;

/** The greatest power of two ≤ a positive double: its mantissa cleared, which is exact where a logarithm is not. */
function powerOfTwoBelow(value: number): number {
  if (value < LEAST_NORMAL) {
    return value === 0 ? Number.MIN_VALUE : powerOfTwoBelow(value * SUBNORMAL_SCALE) / SUBNORMAL_SCALE;
  }
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, value);
  bytes.setUint32(0, bytes.getUint32(0) & EXPONENT_BITS);
  bytes.setUint32(4, 0);
  return bytes.getFloat64(0);
}
