import type { Buckets } from '#core/signal/m4.ts';

/**
 * What one line is drawn from: by ascending x, one row for each bucket (or each point). `Buckets` of core/signal is a
 * `Series` as it is; points are the case in which all four values of a row are the same. Never changed after it was
 * handed to a chart: new data is a new object, which is how the worker knows what it has already.
 */
export type Series = Pick<Buckets, 'xFirst' | 'xLast' | 'first' | 'last' | 'min' | 'max'> & {
  /** Points in a row; without it each row is one point. */
  readonly count?: Uint32Array;
  /** 1 NaN, 2 +Infinity, 4 −Infinity, as in core/signal/m4.ts. */
  readonly flags?: Uint8Array;
};

/** A series of plain points. The arrays are kept, not copied; `x` ascends. */
export function seriesOfPoints(x: Float64Array, values: Float64Array): Series {
  let flags: Uint8Array | undefined;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (Number.isFinite(value)) continue;
    flags ??= new Uint8Array(values.length);
    flags[i] = Number.isNaN(value) ? 1 : value > 0 ? 2 : 4;
  }
  const series = { xFirst: x, xLast: x, first: values, last: values, min: values, max: values };
  return flags === undefined ? series : { ...series, flags };
}

/** The row whose last x is the first one ≥ `x`; the number of rows when there is none. */
export function rowAtOrAfter(series: Series, x: number): number {
  const { xLast } = series;
  let low = 0;
  let high = xLast.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((xLast[middle] as number) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The row that lies nearest to `x`, −1 for an empty series. */
export function nearestRow(series: Series, x: number): number {
  const length = series.xLast.length;
  if (length === 0) return -1;
  const after = rowAtOrAfter(series, x);
  if (after === 0) return 0;
  if (after === length) return length - 1;
  const distanceAfter = Math.max(0, (series.xFirst[after] as number) - x);
  return x - (series.xLast[after - 1] as number) <= distanceAfter ? after - 1 : after;
}
