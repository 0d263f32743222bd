import type { ChartLine } from '#ui/charts/chart-line.ts';
import { strokeWidth } from '#ui/charts/chart-line.ts';
import type { ChartView } from '#ui/charts/chart-view.ts';
import type { Ink } from '#ui/charts/palette.ts';
import type { Rgb } from './pixmap.ts';
import type { RasterJob } from './raster-client.ts';
import type { RasterLine } from './raster-frame.ts';
import type { Series } from '#ui/charts/series.ts';

export interface ChartColours {
  readonly panel: Rgb;
  readonly grid: Rgb;
  readonly ink: (ink: Ink) => Rgb;
}

export interface JobOptions {
  readonly view: ChartView;
  /** CSS pixels of the plot. */
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
  readonly colours: ChartColours;
  /** The line in focus here; others step back to 25 %, the baseline does not. */
  readonly focus: string | null;
  readonly isDense: boolean;
}

const STEPPED_BACK = 0.25;

/** What the worker is asked to paint. The baseline comes last but for the line in focus. */
export function rasterJob(lines: readonly ChartLine[], options: JobOptions): RasterJob {
  const { view, ratio, colours, focus } = options;
  const hasFocus = focus !== null && lines.some((line) => line.id === focus);
  const series: Series[] = [];
  const keep = (kept: Series): number => series.push(kept) - 1;
  const depth = (line: ChartLine): number =>
    hasFocus && line.id === focus ? 3 : line.rank === 'base' ? 2 : line.rank === 'own' ? 1 : 0;
  const painted = lines
    .toSorted((a, b) => depth(a) - depth(b))
    .map((line): RasterLine => {
      const isFocus = hasFocus && line.id === focus;
      const rank = line.rank ?? 'plain';
      const band = line.band === 'always' || (line.band === 'focus' && isFocus);
      const raw = line.raw !== undefined && (band || line.band === undefined) ? keep(line.raw) : undefined;
      return {
        series: keep(line.series),
        ...(raw === undefined ? {} : { raw }),
        colour: colours.ink(line.ink),
        width: strokeWidth(rank, isFocus, options.isDense) * ratio,
        dash: line.dash ?? 0,
        alpha: hasFocus && !isFocus && rank !== 'base' ? STEPPED_BACK : 1,
        band,
        through: line.band === undefined ? 'extremes' : 'last',
        halo: rank === 'base',
        live: line.live === true,
      };
    });
  return {
    series,
    frame: {
      width: Math.max(1, Math.round(options.width * ratio)),
      height: Math.max(1, Math.round(options.height * ratio)),
      ratio,
      x: view.x,
      y: view.y,
      background: colours.panel,
      gridColour: colours.grid,
      grid: view.yTicks,
      lines: painted,
    },
  };
}
