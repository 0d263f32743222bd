import type { Dash } from '#ui/charts/chart-line.ts';
import type { Through } from './columns.ts';
import type { Rgb } from './pixmap.ts';
import type { Scale } from '#ui/charts/axis/scale.ts';

/** One picture of a chart's plot area, as plain data that can be posted to a worker. Lengths are device pixels. */
export interface RasterFrame {
  readonly width: number;
  readonly height: number;
  /** Device pixels in a CSS pixel. */
  readonly ratio: number;
  readonly x: Scale;
  readonly y: Scale;
  readonly background: Rgb;
  readonly gridColour: Rgb;
  /** Values at which a grid line lies. */
  readonly grid: readonly number[];
  /** In the order of painting: what comes later lies above. */
  readonly lines: readonly RasterLine[];
}

export interface RasterLine {
  /** Keys of the series that were handed over with `RasterUpload`. */
  readonly series: number;
  readonly raw?: number;
  readonly colour: Rgb;
  readonly width: number;
  readonly dash: Dash;
  /** 1, or 0.25 while another line is in focus. */
  readonly alpha: number;
  readonly band: boolean;
  readonly through: Through;
  readonly halo: boolean;
  readonly live: boolean;
}
