import type { ReactElement } from 'react';

import { dashPattern, inkColour, type Ink } from '#ui/charts/palette.ts';
import type { Dash } from '#ui/charts/chart-line.ts';
import type { Series } from '#ui/charts/series.ts';
import { sparkPath } from '#ui/charts/spark-path.ts';

export interface SparklineProps {
  readonly series: Series;
  readonly width: number;
  readonly height: number;
  readonly ink?: Ink;
  /** Any CSS colour, before `ink`: a status, for instance. */
  readonly colour?: string | undefined;
  readonly dash?: Dash;
  /** A dashed line across: the best, or the value to hold. */
  readonly reference?: number | undefined;
  /** x and y range, for sparklines that shall be compared; the series' own otherwise. */
  readonly xRange?: readonly [number, number] | undefined;
  readonly yRange?: readonly [number, number] | undefined;
  /** How the line ends: a dot, or a cross when its last value is not finite or nothing follows. */
  readonly end?: 'dot' | 'cross' | 'none';
  /** What it shows, in words. Without it the sparkline is decoration beside a number. */
  readonly label?: string | undefined;
}

/** A line without axes for a table cell. SVG, because it is one path of at most as many points as pixels. */
export function Sparkline(props: SparklineProps): ReactElement {
  const { width, height, end = 'dot' } = props;
  const colour = props.colour ?? inkColour(props.ink ?? 'muted');
  const path = sparkPath(props.series, {
    width,
    height,
    xRange: props.xRange,
    yRange: props.yRange,
    reference: props.reference,
  });
  return (
    <svg
      className="sparkline"
      width={width}
      height={height}
      {...(props.label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': props.label })}
    >
      {path.referenceY !== undefined && (
        <path
          d={`M0 ${Math.round(path.referenceY) + 0.5}H${width}`}
          style={{ stroke: 'var(--border-strong)' }}
          strokeDasharray="2 2"
        />
      )}
      <path
        d={path.d}
        fill="none"
        style={{ stroke: colour }}
        strokeWidth="1.25"
        strokeLinejoin="round"
        strokeDasharray={dashPattern(props.dash ?? 0)}
      />
      {path.end !== undefined && end === 'dot' && (
        <circle cx={path.end.x} cy={path.end.y} r="2" style={{ fill: colour }} />
      )}
      {path.end !== undefined && end === 'cross' && (
        <path
          d={`m${path.end.x - 3} ${path.end.y - 3} 6 6m0-6-6 6`}
          fill="none"
          style={{ stroke: 'var(--failed)' }}
          strokeWidth="1.4"
        />
      )}
    </svg>
  );
}
