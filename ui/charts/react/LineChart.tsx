import './chart.css';

import {
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactElement,
  type ReactNode,
} from 'react';

import type { ChartLine } from '#ui/charts/chart-line.ts';
import { ENGLISH_CHART_TEXTS, type ChartTexts } from '#ui/charts/chart-texts.ts';
import { chartView, lineFacts } from '#ui/charts/chart-view.ts';
import type { HoverBus } from '#ui/charts/hover-bus.ts';
import { formatValue } from '#ui/charts/number-format.ts';
import { rasterJob } from '#ui/charts/raster/raster-job.ts';
import type { Better } from '#ui/charts/readings.ts';
import type { ScaleKind } from '#ui/charts/axis/scale.ts';
import { themeColours } from '#ui/charts/theme-colours.ts';
import { formatX, xTicks, type ClockFormat, type XKind } from '#ui/charts/axis/x-axis.ts';
import { ChartAxes } from './ChartAxes.tsx';
import { ChartHeader } from './ChartHeader.tsx';
import { ChartTable } from './ChartTable.tsx';
import { EndLabels } from './EndLabels.tsx';
import { PlotSurface } from './PlotSurface.tsx';
import { RasterCanvas } from './RasterCanvas.tsx';
import { useSize } from './use-size.ts';

export interface LineChartProps {
  /** Full name; the part before the last slash is dimmed. */
  readonly title: string;
  /** Memoise it: a new array is new data. */
  readonly lines: readonly ChartLine[];
  /** The same bus for all charts that share a crosshair. */
  readonly bus: HoverBus;
  /** Height of the whole card in CSS pixels. */
  readonly height: number;
  readonly xKind?: XKind;
  /** What x is, before its value in the tooltip: "step". */
  readonly xName?: string | undefined;
  /** The visible x range; without it, all that the lines span. */
  readonly range?: readonly [number, number] | undefined;
  readonly yKind?: ScaleKind;
  /** Leaves the outermost percent outside of the frame, counted in the header. On unless false. */
  readonly clip?: boolean;
  readonly better?: Better | undefined;
  readonly isObjective?: boolean;
  readonly unit?: string | undefined;
  /** Differences to the baseline up to this are noise. */
  readonly tolerance?: number;
  readonly endLabels?: boolean;
  /** Why there is nothing to see, when there is nothing to see. */
  readonly empty?: string | undefined;
  /** Beside the step in the tooltip: "smoothed .60". */
  readonly note?: string | undefined;
  readonly texts?: ChartTexts;
  readonly locale?: string;
  /** Buttons in the header, shown while the card is hovered or focused. */
  readonly actions?: ReactNode;
  readonly onHover?: (id: string | null) => void;
  /** A range was dragged, or `null`: the whole. */
  readonly onZoom?: (range: readonly [number, number] | null) => void;
  /** Device pixels of the plot: how many buckets the data should have. */
  readonly onWidth?: (devicePixels: number) => void;
  /** A frame reached the screen's canvas; the worker needed this long for it. */
  readonly onPainted?: (rasterMs: number) => void;
}

const DENSE_FROM = 10;
const DENSE_BELOW = 240;
const LABEL_MARGIN = 64;
const ZONE_OFFSET_MINUTES = new Date().getTimezoneOffset();

/** Many lines over one x axis. Pixels come from the raster worker, text is DOM, the pointer is shared over the bus. */
export function LineChart(props: LineChartProps): ReactElement {
  const { title, lines, bus, height, xKind = 'step', range, yKind = 'linear', clip = true, better } = props;
  const texts = props.texts ?? ENGLISH_CHART_TEXTS;
  const locale = props.locale ?? 'en';
  const plot = useRef<HTMLDivElement>(null);
  const size = useSize(plot);
  const [isTable, setIsTable] = useState(false);
  const colours = useSyncExternalStore(themeColours.subscribe, themeColours.snapshot);
  const hasLine = useMemo(() => new Set(lines.map((line) => line.id)), [lines]);
  const focus = useSyncExternalStore(
    (listener) => bus.subscribe(listener),
    () => {
      const { id } = bus.get();
      return id !== null && hasLine.has(id) ? id : null;
    },
  );
  const clock = useMemo((): ClockFormat => ({ locale, offsetMinutes: ZONE_OFFSET_MINUTES }), [locale]);

  const rangeFrom = range?.[0];
  const rangeTo = range?.[1];
  const view = useMemo(() => {
    const zoom =
      rangeFrom === undefined || rangeTo === undefined ? undefined : ([rangeFrom, rangeTo] as const);
    return chartView(lines, { yKind, clip, range: zoom, height });
  }, [lines, yKind, clip, rangeFrom, rangeTo, height]);
  const ticks = useMemo(
    () =>
      view === undefined || size === undefined
        ? []
        : xTicks(xKind, view.x.from, view.x.to, size.width, clock),
    [view, size, xKind, clock],
  );
  const job = useMemo(() => {
    if (view === undefined || size === undefined || size.width < 1 || size.height < 1) return undefined;
    const isDense = lines.length >= DENSE_FROM && height < DENSE_BELOW;
    return rasterJob(lines, { view, ...size, colours, focus, isDense });
  }, [lines, view, size, colours, focus, height]);

  const { onWidth } = props;
  const devicePixels = size === undefined ? 0 : Math.round(size.width * size.ratio);
  useEffect(() => {
    if (devicePixels > 0) onWidth?.(devicePixels);
  }, [devicePixels, onWidth]);

  const asX = (x: number): string => formatX(xKind, x, clock);
  const marginRight = props.endLabels === true ? LABEL_MARGIN : 10;
  const longest = Math.max(3, ...(view?.yTexts ?? []).map((text) => text.length));
  const summary = useMemo(() => {
    const facts = better === undefined ? undefined : bestOf(lines, better);
    const inX = (x: number): string => formatX(xKind, x, clock);
    const ends = { xFrom: inX(view?.x.from ?? 0), xTo: inX(view?.x.to ?? 0) };
    return view === undefined ? title : texts.summary({ title, lines, ...ends, best: facts });
  }, [lines, view, better, title, texts, xKind, clock]);

  return (
    <figure className="chart" style={{ height }} aria-label={summary}>
      <ChartHeader
        title={title}
        view={view}
        hasBand={lines.some((line) => line.band !== undefined)}
        better={better}
        isObjective={props.isObjective === true}
        unit={props.unit}
        texts={texts}
        formatX={asX}
        isTable={isTable}
        onToggleTable={() => setIsTable(!isTable)}
        actions={props.actions}
      />
      {isTable && <ChartTable title={title} lines={lines} texts={texts} />}
      <div
        className="chart-frame"
        hidden={isTable}
        style={{ marginLeft: Math.max(30, longest * 6.4 + 8), marginRight }}
      >
        <div ref={plot} className="chart-plot">
          {view === undefined && <p className="chart-empty">{props.empty ?? texts.empty}</p>}
          {job !== undefined && <RasterCanvas job={job} onPainted={props.onPainted} />}
          {view !== undefined && size !== undefined && (
            <>
              <ChartAxes
                view={view}
                xTicks={ticks}
                width={size.width}
                height={size.height}
                marginRight={marginRight}
              />
              {props.endLabels === true && (
                <EndLabels
                  lines={lines}
                  view={view}
                  width={size.width}
                  height={size.height}
                  focus={focus}
                  baseWord={texts.base}
                />
              )}
              <PlotSurface
                lines={lines}
                view={view}
                size={size}
                bus={bus}
                focus={focus}
                summary={summary}
                better={better}
                tolerance={props.tolerance ?? 0}
                xName={props.xName}
                note={props.note}
                texts={texts}
                formatX={asX}
                onHover={props.onHover}
                onZoom={props.onZoom}
              />
            </>
          )}
        </div>
      </div>
    </figure>
  );
}

function bestOf(lines: readonly ChartLine[], better: Better): { label: string; value: string } | undefined {
  let best: { line: ChartLine; value: number } | undefined;
  for (const line of lines) {
    const value = lineFacts(line.series)[better];
    if (Number.isNaN(value)) continue;
    if (best === undefined || (better === 'min' ? value < best.value : value > best.value))
      best = { line, value };
  }
  return best === undefined ? undefined : { label: best.line.label, value: formatValue(best.value) };
}
