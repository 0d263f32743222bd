import { Fault } from '#core/domain/fault.ts';
import type { RunId } from '#core/domain/ids.ts';
import type { SeriesRef } from '#core/domain/point.ts';
import { bucketise, bucketWidth, type Buckets } from '#core/signal/m4.ts';
import { debiasedEma } from '#core/signal/smoothing.ts';
import { may } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import type { SeriesBuckets, XAxis } from '../ports/series.ts';

export interface ChartSeries {
  readonly items: ReadonlyArray<{ readonly run: RunId; readonly metric: string }>;
  readonly x: XAxis;
  /** Inclusive range of x; absent means all points. */
  readonly range?: readonly [number, number];
  /** Width of the plot in device pixels. */
  readonly pixels: number;
  /** Debiased EMA weight in [0, 1), over all points before downsampling. */
  readonly smoothing?: number;
}

/** Buckets of one answer: at 61 bytes each a frame stays below 250 MB. A full screen of charts needs about 300,000. */
const SLOTS = 4_000_000;

export interface ChartedSeries extends SeriesBuckets {
  readonly run: RunId;
  readonly metric: string;
  readonly smoothed?: Buckets;
}

/** Buckets for the charts of one view. Items whose run is missing or hidden from the principal are left out. @throws Fault `invalid` for the range, `too_large`. */
export async function chartSeries(
  ports: Pick<Ports, 'catalog' | 'series'>,
  principal: Principal,
  ask: ChartSeries,
): Promise<ChartedSeries[]> {
  if (ask.range && !(ask.range[0] <= ask.range[1])) {
    throw new Fault('invalid', 'A range runs from its lower to its upper end.', { field: 'range' });
  }
  if (ask.items.length * ask.pixels > SLOTS) {
    throw new Fault('too_large', `Ask for fewer series or pixels: ${SLOTS} buckets at most in one answer.`, {
      field: 'items',
    });
  }
  const readable = await readableRuns(ports, principal, ask.items);
  const charted: ChartedSeries[] = [];
  for (const { run, metric } of ask.items) {
    if (!readable.has(run)) continue;
    const series: SeriesRef = { owner: { kind: 'run', run }, metric };
    const { x, pixels, range } = ask;
    const buckets = await ports.series.buckets({ series, x, pixels, ...(range && { range }) });
    const smoothed = ask.smoothing ? await smooth(ports, series, ask) : undefined;
    charted.push({ run, metric, ...buckets, ...(smoothed && { smoothed }) });
  }
  return charted;
}

async function readableRuns(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  items: ChartSeries['items'],
): Promise<Set<RunId>> {
  const readable = new Set<RunId>();
  for (const id of new Set(items.map((item) => item.run))) {
    const run = await ports.catalog.run(id);
    const project = run && (await ports.catalog.project(run.project));
    if (project && may(principal, 'run:read', { project: project.id, workspace: project.workspace }))
      readable.add(id);
  }
  return readable;
}

/** The smoothed series over all points in x order, then cut to the range and bucketed on the same grid. */
async function smooth(ports: Pick<Ports, 'series'>, series: SeriesRef, ask: ChartSeries): Promise<Buckets> {
  const { steps, times, values } = await ports.series.read(series);
  const origin = times.reduce((first, time) => Math.min(first, time), Number.POSITIVE_INFINITY);
  const axis =
    ask.x === 'step' ? steps : times.map((time) => (ask.x === 'time' ? time : time - origin) / 1e6);
  const order = ask.x === 'step' ? undefined : ascending(axis);
  const xs = order ? axis.map((_, at) => axis[order[at] as number] as number) : axis;
  const ys = order ? values.map((_, at) => values[order[at] as number] as number) : values;
  const smoothed = debiasedEma(ys, ask.smoothing ?? 0);
  const [from, to] = ask.range ?? [xs[0] ?? 0, xs.at(-1) ?? 0];
  const start = xs.findIndex((x) => x >= from);
  const end = xs.findLastIndex((x) => x <= to) + 1;
  const width = bucketWidth(from, to, ask.pixels);
  return start < 0
    ? bucketise(new Float64Array(), new Float64Array(), width)
    : bucketise(xs.slice(start, end), smoothed.slice(start, end), width);
}

function ascending(axis: Float64Array): Uint32Array {
  return Uint32Array.from(axis.keys()).toSorted((a, b) => (axis[a] as number) - (axis[b] as number));
}
