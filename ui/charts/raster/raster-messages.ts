import type { SeriesPack } from './packed-series.ts';
import type { RasterFrame } from './raster-frame.ts';

export type RasterRequest =
  | {
      readonly kind: 'paint';
      readonly chart: number;
      readonly frame: RasterFrame;
      /** Series that the worker does not hold yet for this chart; it keeps them until they are dropped. */
      readonly upload: SeriesPack | undefined;
      readonly drops: readonly number[];
    }
  | { readonly kind: 'forget'; readonly chart: number };

export interface RasterReply {
  readonly chart: number;
  readonly bitmap: ImageBitmap;
  /** Time in the worker, for measurements. */
  readonly rasterMs: number;
}
