import { useRef, useState, type ReactElement } from 'react';
import { formatTicks } from '#ui/charts/number-format.ts';
import { useSize } from '#ui/charts/react/use-size.ts';
import { linearTicks } from '#ui/charts/ticks.ts';
import { EndLabels, InnerLabels } from './timeline-labels.tsx';
import {
  dateTicks,
  nearest,
  timelineScales,
  type TimelineLine,
  type TimelineRule,
} from './timeline-scales.ts';

export interface TimelineChartProps {
  readonly lines: readonly TimelineLine[];
  /** A value that holds over all time: the thick line. */
  readonly reference?: { readonly value: number; readonly label: string; readonly from?: number } | undefined;
  readonly rules: readonly TimelineRule[];
  readonly height: number;
  readonly format: (value: number) => string;
  readonly formatTime: (at: number) => string;
  /** Everything it shows, in one sentence. */
  readonly label: string;
}

/** Five letters of an axis fit. */
const LEFT = 50;
const BOTTOM = 22;
const TOP = 6;
/** Room for the names at the ends of lines; a phone has none. */
const LABELS = 96;
const NARROW = 520;
const TICK_WIDTH = 64;
/** So few points are also drawn as dots. */
const DOTS = 40;

/** A few lines over time with one level and some moments: SVG, as it has at most some thousand points. */
export function TimelineChart(props: TimelineChartProps): ReactElement {
  const { height, label } = props;
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  return (
    <div ref={box} className="relative" style={{ height }} role="img" aria-label={label}>
      {size && size.width > 0 && <Drawing {...props} width={size.width} />}
    </div>
  );
}

function Drawing(props: TimelineChartProps & { readonly width: number }): ReactElement {
  const { width, height, lines, reference, rules, format, formatTime } = props;
  const [hoverX, setHoverX] = useState<number>();
  const right = width < NARROW ? 8 : LABELS;
  const { x, y, from, to, low, high } = timelineScales(
    { lines, reference: reference?.value, rules },
    { left: LEFT, right: width - right, top: TOP, bottom: height - BOTTOM },
  );
  const yTicks = linearTicks(low, high, 5);
  const yTexts = formatTicks(yTicks);
  const ticks = dateTicks(from, to, (width - LEFT - right) / TICK_WIDTH);
  const hovered =
    hoverX === undefined
      ? []
      : lines.flatMap((line) => {
          const point = nearest(line.points, from + ((hoverX - LEFT) / (width - right - LEFT)) * (to - from));
          return point && Math.abs(x(point[0]) - hoverX) < 24 ? [{ line, point }] : [];
        });
  const at = hovered[0]?.point[0];
  return (
    <>
      <svg
        width={width}
        height={height}
        aria-hidden="true"
        className="block"
        onPointerMove={(event) => setHoverX(event.clientX - event.currentTarget.getBoundingClientRect().left)}
        onPointerLeave={() => setHoverX(undefined)}
      >
        {yTicks.map((tick, i) => (
          <g key={tick}>
            <path d={`M${LEFT} ${Math.round(y(tick)) + 0.5}H${width - right}`} className="stroke-line" />
            <text x={LEFT - 8} y={y(tick) + 4} textAnchor="end" className={AXIS}>
              {yTexts[i]}
            </text>
          </g>
        ))}
        {ticks.map(({ value, text }) => (
          <text key={value} x={x(value)} y={height - 6} textAnchor="middle" className={AXIS}>
            {text}
          </text>
        ))}
        {rules.map(({ at: moment, text }, i) => {
          const isLate = x(moment) > (width - right) * 0.7;
          return (
            <g key={`${moment} ${text}`}>
              <path
                d={`M${Math.round(x(moment)) + 0.5} ${TOP}V${height - BOTTOM}`}
                className="stroke-line-strong"
                strokeDasharray="2 3"
              />
              <text
                x={x(moment) + (isLate ? -6 : 6)}
                y={height - BOTTOM - 8 - (i % 2) * 16}
                textAnchor={isLate ? 'end' : 'start'}
                className={AXIS}
              >
                {text}
              </text>
            </g>
          );
        })}
        {reference && (
          <path
            d={`M${x(reference.from ?? from)} ${y(reference.value)}H${width - right}`}
            className="stroke-ink"
            strokeWidth="2.25"
          />
        )}
        {lines.map((line) => (
          <Line key={line.id} line={line} x={x} y={y} />
        ))}
        {right === LABELS ? (
          <EndLabels lines={lines} reference={reference} format={format} y={y} edge={width - right} />
        ) : (
          <InnerLabels lines={lines} reference={reference} format={format} y={y} edge={width - right} />
        )}
        {at !== undefined && (
          <path d={`M${Math.round(x(at)) + 0.5} ${TOP}V${height - BOTTOM}`} className="stroke-ink-3" />
        )}
        {hovered.map(({ line, point }) => (
          <circle
            key={line.id}
            cx={x(point[0])}
            cy={y(point[1])}
            r="3.5"
            className="fill-panel"
            style={{ stroke: line.colour }}
            strokeWidth="1.5"
          />
        ))}
      </svg>
      {at !== undefined && (
        <div
          className="pointer-events-none absolute z-10 rounded-panel bg-panel p-2 text-12 whitespace-nowrap shadow-float"
          style={{ top: TOP, ...(x(at) > width / 2 ? { right: width - x(at) + 12 } : { left: x(at) + 12 }) }}
        >
          <div className="text-ink-3">{formatTime(at)}</div>
          {hovered.map(({ line, point }) => (
            <div key={line.id} className="flex items-center gap-2">
              <span className="h-0.5 w-3 rounded-chip" style={{ background: line.colour }} />
              {line.label}
              <span className="ml-auto pl-4 font-semibold">{format(point[1])}</span>
            </div>
          ))}
          {reference && (
            <div className="flex items-center gap-2">
              <span className="h-0.5 w-3 rounded-chip bg-ink" />
              {reference.label}
              <span className="ml-auto pl-4 font-semibold">{format(reference.value)}</span>
            </div>
          )}
        </div>
      )}
    </>
  );
}

const AXIS = 'fill-ink-3 text-11';

type Scale = (value: number) => number;

function Line({ line, x, y }: { readonly line: TimelineLine; readonly x: Scale; readonly y: Scale }) {
  const d = line.points.map(([at, value], i) => `${i === 0 ? 'M' : 'L'}${round(x(at))} ${round(y(value))}`);
  return (
    <>
      <path
        d={d.join('')}
        fill="none"
        style={{ stroke: line.colour }}
        strokeWidth={line.isMuted ? 1.25 : 1.5}
        strokeLinejoin="round"
      />
      {line.points.length <= DOTS &&
        line.points.map(([at, value]) => (
          <circle key={at} cx={round(x(at))} cy={round(y(value))} r="2.25" style={{ fill: line.colour }} />
        ))}
    </>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
