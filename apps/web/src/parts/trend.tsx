import { useMemo } from 'react';
import { Sparkline } from '#ui/charts/react/Sparkline.tsx';
import type { Dash } from '#ui/charts/chart-line.ts';
import type { Ink } from '#ui/charts/palette.ts';
import type { Series } from '#ui/charts/series.ts';
import { useSeries } from '../api/use-series.ts';
import type { Look } from '../api/series-cache.ts';
import { sparkRange } from './spark-range.ts';

export interface TrendProps {
  readonly run: string;
  readonly metric: string;
  readonly width: number;
  readonly height: number;
  readonly ink?: Ink;
  readonly colour?: string;
  readonly dash?: Dash;
  /** Drawn as a dashed line: the best so far, the baseline. */
  readonly reference?: number | undefined;
  readonly xRange?: readonly [number, number] | undefined;
  readonly yRange?: readonly [number, number] | undefined;
  /** It ended without its value: a cross at the end. */
  readonly isBroken?: boolean;
}

/** The course of one metric of one run in a table cell, live while it is on screen. */
export function Trend({ run, metric, isBroken = false, yRange, ...looks }: TrendProps) {
  const { width, reference } = looks;
  const look = useMemo<Look>(() => ({ x: 'step', pixels: Math.ceil(width / 64) * 64 }), [width]);
  const lines = useMemo(() => [{ run, metric }], [run, metric]);
  const known = useSeries(look, lines).series[0];
  const range = useMemo(
    () => yRange ?? (known && sparkRange([known.buckets.last], reference)),
    [known, reference, yRange],
  );
  const series = useMemo(() => known && range && fromInside(known.buckets, range), [known, range]);
  if (!known) return <span className="block" style={{ width, height: looks.height }} />;
  return (
    <Sparkline series={series ?? known.buckets} yRange={range} end={isBroken ? 'cross' : 'dot'} {...looks} />
  );
}

/** Without the steep start outside of the range, which would lie on the edge as a false plateau. */
function fromInside(series: Series, [low, high]: readonly [number, number]): Series {
  let start = 0;
  while (start < series.last.length && !isInside(series.last[start] as number, low, high)) start += 1;
  if (start === 0 || start === series.last.length) return series;
  const cut = (column: Float64Array): Float64Array => column.subarray(start);
  return {
    xFirst: cut(series.xFirst),
    xLast: cut(series.xLast),
    first: cut(series.first),
    last: cut(series.last),
    min: cut(series.min),
    max: cut(series.max),
  };
}

function isInside(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}
