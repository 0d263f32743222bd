import type { ReactElement } from 'react';

import type { ChartView } from '#ui/charts/chart-view.ts';
import { project, toPixel } from '#ui/charts/axis/scale.ts';
import type { XTick } from '#ui/charts/axis/x-axis.ts';

export interface ChartAxesProps {
  readonly view: ChartView;
  readonly xTicks: readonly XTick[];
  readonly width: number;
  readonly height: number;
  /** Free space right of the plot, into which the last label may reach. */
  readonly marginRight: number;
}

/** The tick texts as DOM, so that they can be selected, zoomed and themed. The plot's figure has a summary and a table. */
export function ChartAxes({ view, xTicks, width, height, marginRight }: ChartAxesProps): ReactElement {
  const x = project(view.x, 0, width);
  const y = project(view.y, height, 0);
  return (
    <div className="chart-axes" aria-hidden="true">
      {view.yTicks.map((tick, i) => (
        <span key={tick} className="chart-tick-y" style={{ top: toPixel(y, tick) }}>
          {view.yTexts[i]}
        </span>
      ))}
      {xTicks.map((tick) => {
        const at = toPixel(x, tick.value);
        const half = tick.text.length * 3.2;
        const place = at < half ? 'start' : width + marginRight - at < half ? 'end' : 'middle';
        return (
          <span
            key={tick.value}
            className={`chart-tick-x chart-tick-${place}`}
            style={{ left: at, top: height + 4 }}
          >
            {tick.text}
          </span>
        );
      })}
    </div>
  );
}
