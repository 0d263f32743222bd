import type { Series } from '#ui/charts/series.ts';

/** Pairs of time and value as the columns that a sparkline reads; undefined when there are fewer than two. */
export function trendSeries(trend: readonly (readonly [at: number, value: number])[]): Series | undefined {
  if (trend.length < 2) return undefined;
  const x = Float64Array.from(trend, ([at]) => at);
  const y = Float64Array.from(trend, ([, value]) => value);
  return { xFirst: x, xLast: x, first: y, last: y, min: y, max: y };
}
