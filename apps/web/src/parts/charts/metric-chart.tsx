import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { FrameBuckets } from '#core/contract/series-frame.ts';
import type { ChartLine } from '#ui/charts/chart-line.ts';
import type { HoverBus } from '#ui/charts/hover-bus.ts';
import { LineChart } from '#ui/charts/react/LineChart.tsx';
import type { Series } from '#ui/charts/series.ts';
import type { Look } from '../../api/series-cache.ts';
import { useSeries } from '../../api/use-series.ts';
import { messageOf } from '../../shell/page-error.tsx';
import { currentLanguage, t } from '../../text/translate.ts';
import { chartTexts } from './chart-texts.ts';
import type { ShownRun } from './shown-run.ts';

/** How all charts of a page look at their lines. */
export interface ChartLook {
  readonly x: Look['x'];
  readonly range: readonly [number, number] | undefined;
  readonly isLog: boolean;
  /** 0 for none. */
  readonly smoothing: number;
  readonly hasEnvelope: boolean;
}

export interface MetricChartProps {
  readonly metric: string;
  readonly runs: readonly ShownRun[];
  readonly look: ChartLook;
  readonly bus: HoverBus;
  readonly height: number;
  readonly better?: 'min' | 'max' | undefined;
  readonly isObjective?: boolean;
  readonly endLabels?: boolean;
  readonly actions?: ReactNode;
  readonly onZoom?: (range: readonly [number, number] | null) => void;
  readonly onHover?: (id: string | null) => void;
}

const X_KINDS = { step: 'step', relative: 'duration', time: 'time' } as const;
/** The wire counts time in seconds, the chart in milliseconds. */
const MS = 1000;
/** Asked for in steps, so that dragging a splitter does not load everything anew for each pixel. */
const PIXEL_STEP = 128;
/** Among more lines than this bands would only cover each other. */
const MOST_BANDS = 6;

/** One metric of the shown runs, live. */
export function MetricChart(props: MetricChartProps) {
  const { metric, runs, look, bus, onZoom } = props;
  const [width, setWidth] = useState<number>();
  const isTime = look.x !== 'step';
  const [from, to] = look.range ?? [];
  const asked = useMemo<Look>(
    () => ({
      x: look.x,
      pixels: Math.ceil((width ?? 512) / PIXEL_STEP) * PIXEL_STEP,
      ...(from !== undefined && to !== undefined && { range: [from, to] }),
      ...(look.smoothing > 0 && { smoothing: look.smoothing }),
    }),
    [look.x, look.smoothing, width, from, to],
  );
  // Nothing is asked for before the width is known: what came back would have the wrong number of buckets.
  const keys = width === undefined ? [] : runs.map(({ run }) => ({ run: run.id, metric }));
  const { series, isLoading, error } = useSeries(asked, keys);
  const lines = useMemo(
    () => chartLines(runs, series, { isTime, hasEnvelope: look.hasEnvelope }),
    [runs, series, isTime, look.hasEnvelope],
  );
  const zoom = useCallback(
    (range: readonly [number, number] | null) =>
      onZoom?.(range && isTime ? [range[0] / MS, range[1] / MS] : range),
    [onZoom, isTime],
  );
  const shownRange = useMemo(
    () =>
      from === undefined || to === undefined
        ? undefined
        : isTime
          ? ([from * MS, to * MS] as const)
          : ([from, to] as const),
    [from, to, isTime],
  );
  const isPending = width === undefined || isLoading;
  const empty = error ? messageOf(error) : isPending ? t('chart.loading') : t('chart.empty');
  return (
    <div
      data-metric={metric}
      data-last-x={lastX(lines)}
      data-loading={isPending && lines.length === 0 ? '' : undefined}
    >
      <LineChart
        title={metric}
        lines={lines}
        bus={bus}
        height={props.height}
        xKind={X_KINDS[look.x]}
        range={shownRange}
        yKind={look.isLog ? 'log' : 'linear'}
        better={props.better}
        isObjective={props.isObjective ?? false}
        endLabels={props.endLabels ?? false}
        empty={empty}
        note={look.smoothing > 0 ? t('chart.smoothed', { weight: look.smoothing.toFixed(2) }) : undefined}
        texts={chartTexts()}
        locale={currentLanguage()}
        actions={props.actions}
        onZoom={zoom}
        onWidth={setWidth}
        {...(props.onHover && { onHover: props.onHover })}
      />
    </div>
  );
}

function chartLines(
  runs: readonly ShownRun[],
  series: ReturnType<typeof useSeries>['series'],
  { isTime, hasEnvelope }: { readonly isTime: boolean; readonly hasEnvelope: boolean },
): ChartLine[] {
  return runs.flatMap(({ run, ink, dash, rank, isMarked }, i): ChartLine[] => {
    const frame = series[i];
    if (!frame || frame.buckets.index.length === 0) return [];
    const plain = asSeries(frame.buckets, isTime);
    const isCoarse = frame.points > frame.buckets.index.length * 1.5;
    const band =
      !hasEnvelope || !isCoarse ? undefined : runs.length <= MOST_BANDS || isMarked ? 'always' : 'focus';
    return [
      {
        id: run.id,
        label: String(run.number),
        name: run.name,
        series: frame.smoothed ? asSeries(frame.smoothed, isTime) : plain,
        ...(frame.smoothed && { raw: plain }),
        ...(band && { band }),
        ink,
        dash,
        rank,
        live: run.status === 'running',
      },
    ];
  });
}

const scaled = new WeakMap<FrameBuckets, Series>();

/** The same buckets give the same series: charts know by identity what they have drawn. */
function asSeries(buckets: FrameBuckets, isTime: boolean): Series {
  if (!isTime) return buckets;
  const known = scaled.get(buckets);
  if (known) return known;
  const inMs = (xs: Float64Array): Float64Array => xs.map((x) => x * MS);
  const series = { ...buckets, xFirst: inMs(buckets.xFirst), xLast: inMs(buckets.xLast) };
  scaled.set(buckets, series);
  return series;
}

function lastX(lines: readonly ChartLine[]): number | undefined {
  const ends = lines.map(({ series }) => series.xLast.at(-1) ?? -Infinity);
  return ends.length === 0 ? undefined : Math.max(...ends);
}
