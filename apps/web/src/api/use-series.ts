import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { FrameSeries } from '#core/contract/series-frame.ts';
import { seriesCache } from './live.ts';
import type { LineKey, Look } from './series-cache.ts';

export interface SeriesState {
  /** In the order of the lines; undefined where nothing is known yet. */
  readonly series: ReadonlyArray<FrameSeries | undefined>;
  /** Some line has not been answered even once. */
  readonly isLoading: boolean;
  readonly error: unknown;
}

/**
 * The chart data of some lines, kept fresh while mounted. While a new look (another zoom, another smoothing) loads, the
 * lines of the last look stay, so that nothing flashes.
 */
export function useSeries(look: Look, lines: readonly LineKey[]): SeriesState {
  const key = JSON.stringify({ look, lines });
  // Equal questions are the same question, whoever made the objects.
  const asked = useMemo(() => questionOf(key), [key]);
  useEffect(() => seriesCache.watch(asked.look, asked.lines), [asked]);
  const before = useRef(new Map<string, FrameSeries>());
  const cached = useRef<SeriesState | undefined>(undefined);

  const read = useCallback((): SeriesState => {
    let isLoading = false;
    let error: unknown;
    const series = asked.lines.map((line) => {
      const now = seriesCache.get(asked.look, line);
      error ??= seriesCache.errorOf(asked.look, line);
      if (now) before.current.set(`${line.run}|${line.metric}`, now);
      else isLoading = true;
      return now ?? before.current.get(`${line.run}|${line.metric}`);
    });
    const last = cached.current;
    const isSame =
      last?.series.length === series.length &&
      last.isLoading === isLoading &&
      last.error === error &&
      last.series.every((value, i) => value === series[i]);
    if (!isSame) cached.current = { series, isLoading, error };
    return cached.current as SeriesState;
  }, [asked]);
  return useSyncExternalStore((listener) => seriesCache.subscribe(listener), read);
}

function questionOf(key: string): { readonly look: Look; readonly lines: readonly LineKey[] } {
  return JSON.parse(key) as { look: Look; lines: LineKey[] };
}
