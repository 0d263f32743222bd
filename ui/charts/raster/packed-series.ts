// Series on their way to the worker: all columns of all lines copied into one buffer that is then handed over, not
// cloned. A chart is one allocation for the worker instead of a hundred small ones, which is what its garbage collector
// would otherwise spend more time on than the raster on painting.
import type { Series } from '#ui/charts/series.ts';

const COLUMNS = ['xFirst', 'xLast', 'first', 'last', 'min', 'max'] as const;

export interface PackedSeries {
  readonly key: number;
  readonly rows: number;
  /** Byte offsets in the buffer, in the order of `COLUMNS`; columns that were one array stay one. */
  readonly offsets: readonly number[];
  readonly flagsOffset: number | undefined;
}

export interface SeriesPack {
  readonly buffer: ArrayBuffer;
  readonly series: readonly PackedSeries[];
}

export function packSeries(all: readonly (readonly [key: number, series: Series])[]): SeriesPack {
  const places = new Map<Float64Array, number>();
  let bytes = 0;
  for (const [, series] of all) {
    for (const name of COLUMNS) {
      const column = series[name];
      if (places.has(column)) continue;
      places.set(column, bytes);
      bytes += column.length * 8;
    }
  }
  const packed: PackedSeries[] = [];
  const flags: [Uint8Array, number][] = [];
  for (const [key, series] of all) {
    let flagsOffset: number | undefined;
    if (series.flags !== undefined) {
      flagsOffset = bytes;
      flags.push([series.flags, bytes]);
      bytes += series.flags.length;
    }
    const offsets = COLUMNS.map((name) => places.get(series[name]) as number);
    packed.push({ key, rows: series.xFirst.length, offsets, flagsOffset });
  }
  const buffer = new ArrayBuffer(bytes);
  for (const [column, offset] of places) new Float64Array(buffer, offset, column.length).set(column);
  for (const [column, offset] of flags) new Uint8Array(buffer, offset, column.length).set(column);
  return { buffer, series: packed };
}

/** The other side: views into the buffer, the same ones where the arrays were the same. */
export function unpackSeries({ buffer, series }: SeriesPack): [key: number, series: Series][] {
  return series.map(({ key, rows, offsets, flagsOffset }) => {
    const views = new Map<number, Float64Array>();
    const column = (at: number): Float64Array => {
      const offset = offsets[at] as number;
      let view = views.get(offset);
      if (view === undefined) views.set(offset, (view = new Float64Array(buffer, offset, rows)));
      return view;
    };
    return [
      key,
      {
        xFirst: column(0),
        xLast: column(1),
        first: column(2),
        last: column(3),
        min: column(4),
        max: column(5),
        ...(flagsOffset === undefined ? {} : { flags: new Uint8Array(buffer, flagsOffset, rows) }),
      },
    ];
  });
}
