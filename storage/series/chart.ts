// Exact M4 buckets of one series from chunk aggregates: a chunk that lies in one bucket is never decoded, one that
// crosses a border is, and chunks whose ranges touch are merged first, so that a repetition counts once.
import type { PointColumns } from '#core/domain/point.ts';
import { BucketBuilder, bucketIndex, bucketWidth } from '#core/signal/m4.ts';
import type { BucketQuery, SeriesBuckets } from '#core/tracking/ports/series.ts';
import type { Connection } from '#storage/sql/connection.ts';
import { axisOf, type ChartAxis } from './chart-axis.ts';
import { type Aggregate, aggregate } from './codec/aggregate.ts';
import { decodeChunks } from './codec/chunk.ts';
import { concatPoints, orderByTime, sortPoints } from './point-order.ts';
import { type ChunkPlace, chunkAt, placesOf, readAggregates, readData } from './segments.ts';
import { Fault } from '#core/domain/fault.ts';

/** Chunks decoded at once: one zstd call, and about 16 MB at most. */
const CHUNKS_AT_ONCE = 256;
/** A series is packed again at most once in as many seals; a reader meets that twice only by bad luck. */
const MOST_ATTEMPTS = 8;

/** Points that are not decoded yet (`place`) or come from the head (`columns`). */
interface Part {
  readonly known: Aggregate;
  readonly place?: ChunkPlace;
  readonly columns?: PointColumns;
}

export interface ChartTask {
  /** Absent for an unknown series. */
  readonly id: number | undefined;
  readonly head: PointColumns | undefined;
  readonly query: BucketQuery;
}

/** Buckets of a series: segments merged with its head. @throws Fault `corrupt`. */
export async function chartSeries(connection: Connection, task: ChartTask): Promise<SeriesBuckets> {
  const sorted = task.head && sortPoints(task.head);
  const headParts: Part[] = sorted ? [{ known: aggregate(sorted), columns: sorted }] : [];
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const rows = task.id === undefined ? [] : await readAggregates(connection, task.id);
    const sealed = rows.flatMap(placesOf).map((place): Part => ({ known: place.record, place }));
    const parts = [...sealed, ...headParts];
    const found = await chartParts(connection, task, parts);
    if (found) return found;
  }
  throw new Fault('unavailable', 'The series is being rewritten; ask again.', { retryAfterSeconds: 1 });
}

/** Undefined when a segment disappeared meanwhile. */
async function chartParts(
  connection: Connection,
  { id, query }: ChartTask,
  parts: readonly Part[],
): Promise<SeriesBuckets | undefined> {
  const axis = axisOf(
    query.x,
    parts.map(({ known }) => known),
  );
  const [low, high] = query.range ?? axis.extent ?? [0, 0];
  const width = query.width ?? bucketWidth(low, high, query.pixels);
  const builder = new BucketBuilder(width, query.pixels + 2);
  let points = 0;
  const take = (xs: Float64Array, values: Float64Array) => {
    const from = lowerBound(xs, (x) => x >= low);
    const to = lowerBound(xs, (x) => x > high);
    builder.pushColumns(xs, values, from, to);
    points += to - from;
  };
  const clusters = clustersOf(parts, axis).filter(({ from, to }) => to >= low && from <= high);
  for (const batch of batchesOf(clusters, (cluster) => isWhole(cluster, axis, { low, high, width }))) {
    const decoded = await decodeBatch(connection, id, batch, axis);
    if (!decoded) return undefined;
    for (const [i, cluster] of batch.entries()) {
      const columns = decoded[i];
      if (columns) {
        const ordered = cluster.isSimple ? columns : orderFor(axis, columns);
        take(axis.xsOf(ordered), ordered.values);
      } else {
        const { known } = cluster.parts[0] as Part;
        builder.pushAggregate(axis.aggregateOf(known));
        points += known.points;
      }
    }
  }
  return { buckets: builder.finish(), extent: axis.extent, points };
}

/** Parts whose ranges touch; `from … to` is their range of x. */
interface Cluster {
  readonly parts: Part[];
  readonly from: number;
  readonly to: number;
  /** One part, whose points are in the order of the axis already. */
  readonly isSimple: boolean;
  readonly isWhole?: boolean;
}

function clustersOf(parts: readonly Part[], axis: ChartAxis): Cluster[] {
  const sorted = parts.toSorted((a, b) => axis.compareStarts(a.known, b.known));
  const groups: Part[][] = [];
  let end: Aggregate | undefined;
  for (const part of sorted) {
    const open = groups.at(-1);
    if (open && end && axis.touches(end, part.known)) {
      open.push(part);
      if (axis.compareEnds(part.known, end) > 0) end = part.known;
    } else {
      groups.push([part]);
      end = part.known;
    }
  }
  return groups.map((group) => ({
    parts: group,
    from: Math.min(...group.map(({ known }) => axis.from(known))),
    to: Math.max(...group.map(({ known }) => axis.to(known))),
    isSimple: group.length === 1 && axis.isOrdered((group[0] as Part).known),
  }));
}

function isWhole(
  { from, to, isSimple }: Cluster,
  axis: ChartAxis,
  { low, high, width }: { readonly low: number; readonly high: number; readonly width: number },
): boolean {
  return isSimple && from >= low && to <= high && bucketIndex(from, width) === bucketIndex(to, width);
}

/** Clusters in their order, as many to a batch as are decoded at once. A whole one costs nothing. */
function batchesOf(clusters: readonly Cluster[], isKnown: (cluster: Cluster) => boolean): Cluster[][] {
  const batches: Cluster[][] = [];
  let chunks = Infinity;
  for (const cluster of clusters) {
    const isWholeCluster = isKnown(cluster);
    if (chunks >= CHUNKS_AT_ONCE) {
      batches.push([]);
      chunks = 0;
    }
    batches.at(-1)?.push({ ...cluster, isWhole: isWholeCluster });
    if (!isWholeCluster) chunks += cluster.parts.length;
  }
  return batches;
}

/** The points of each cluster that is not whole. */
async function decodeBatch(
  connection: Connection,
  id: number | undefined,
  batch: readonly Cluster[],
  axis: ChartAxis,
): Promise<(PointColumns | undefined)[] | undefined> {
  const open = batch.filter((cluster) => !cluster.isWhole).flatMap(({ parts }) => parts);
  const places = open.flatMap(({ place }) => (place ? [place] : []));
  const numbers = [...new Set(places.map(({ number }) => number))];
  const data =
    numbers.length === 0 ? new Map<number, Uint8Array>() : await readData(connection, id ?? 0, numbers);
  if (!data) return undefined;
  const isSimple = batch.every((cluster) => cluster.isSimple || cluster.isWhole);
  const chunks = places.map((place) => chunkAt(place, data.get(place.number) as Uint8Array));
  const decoded = decodeChunks(chunks, isSimple ? axis.columns : undefined);
  const byPlace = new Map(places.map((place, i) => [place, decoded[i] as PointColumns]));
  return batch.map(({ parts, isWhole: isKnown }) => {
    if (isKnown) return undefined;
    return concatPoints(
      parts.map(({ place, columns }) => (place ? byPlace.get(place) : columns) as PointColumns),
    );
  });
}

/** The first row of ascending xs that passes, their number when none does. */
function lowerBound(xs: Float64Array, passes: (x: number) => boolean): number {
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(xs[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function orderFor(axis: ChartAxis, columns: PointColumns): PointColumns {
  const sorted = sortPoints(columns);
  return axis.isTime ? orderByTime(sorted) : sorted;
}
