import type { ReactElement } from 'react';

import type { ChartLine } from '#ui/charts/chart-line.ts';
import type { ChartView } from '#ui/charts/chart-view.ts';
import { placeEarlyLabels, placeEndLabels } from '#ui/charts/axis/end-labels.ts';
import { inkColour } from '#ui/charts/palette.ts';
import { project, toPixel } from '#ui/charts/axis/scale.ts';

export interface EndLabelsProps {
  readonly lines: readonly ChartLine[];
  readonly view: ChartView;
  readonly width: number;
  readonly height: number;
  readonly focus: string | null;
  /** Stands after the baseline's name. */
  readonly baseWord: string;
}

interface End {
  readonly line: ChartLine;
  readonly x: number;
  readonly y: number;
}

/** Names at the ends of lines: in the right margin, or beside the end of a line that stopped before it. */
export function EndLabels({ lines, view, width, height, focus, baseWord }: EndLabelsProps): ReactElement {
  const ends = lineEnds(lines, view, width, height);
  const isEarly = (end: End): boolean => end.x < width - 30;
  const byId = new Map(ends.map((end) => [end.line.id, end]));
  const anchors = ends.filter((end) => !isEarly(end)).map((end) => ({ id: end.line.id, x: end.x, y: end.y }));
  const placed = placeEndLabels(anchors, height - 2);
  const early = placeEarlyLabels(
    ends.filter(isEarly).map((end) => ({ id: end.line.id, x: end.x, y: end.y })),
    height,
  );
  const look = (line: ChartLine): string =>
    (line.id === focus || line.rank === 'base' || line.rank === 'own' ? ' chart-label-strong' : '') +
    (focus !== null && line.id !== focus && line.rank !== 'base' ? ' chart-label-back' : '');
  const nameOf = (line: ChartLine): string =>
    line.rank === 'base' ? `${line.label} ${baseWord}` : line.label;
  return (
    <div className="chart-labels" aria-hidden="true">
      <svg className="chart-leaders" width={width + 16} height={height}>
        {placed.map((label) => {
          const line = (byId.get(label.id) as End).line;
          const opacity = focus !== null && focus !== line.id && line.rank !== 'base' ? 0.15 : 0.5;
          return (
            <path
              key={label.id}
              d={`M${label.x + 2} ${label.y}L${width + 5} ${label.labelY}`}
              style={{ stroke: inkColour(line.ink), opacity }}
            />
          );
        })}
      </svg>
      {placed.map((label) => {
        const { line } = byId.get(label.id) as End;
        return (
          <span
            key={label.id}
            className={`chart-label${look(line)}`}
            style={{ left: width + 6, top: label.labelY }}
          >
            <i style={{ background: inkColour(line.ink) }} />
            {nameOf(line)}
          </span>
        );
      })}
      {early.map(({ id, x, y, labelY }) => {
        const end = byId.get(id) as End;
        const isBelow = labelY === y && early.length === 1 && isLowest(end, lines, view, height);
        return (
          <span
            key={id}
            className={`chart-label chart-label-early${isBelow ? ' chart-label-below' : ''}${look(end.line)}`}
            style={{ left: x, top: labelY }}
          >
            {nameOf(end.line)}
          </span>
        );
      })}
    </div>
  );
}

function lineEnds(lines: readonly ChartLine[], view: ChartView, width: number, height: number): End[] {
  const x = project(view.x, 0, width);
  const y = project(view.y, height, 0);
  const ends: End[] = [];
  for (const line of lines) {
    const { last, xLast } = line.series;
    let row = last.length - 1;
    while (row >= 0 && (!Number.isFinite(last[row]) || (xLast[row] as number) > view.x.to)) row -= 1;
    if (row < 0) continue;
    const end = { line, x: toPixel(x, xLast[row] as number), y: toPixel(y, last[row] as number) };
    if (end.x >= 0 && end.y >= 0 && end.y <= height) ends.push(end);
  }
  return ends;
}

/** No other line passes below this end within a label's height. */
function isLowest(end: End, lines: readonly ChartLine[], view: ChartView, height: number): boolean {
  const y = project(view.y, height, 0);
  const endX = end.line.series.xLast.at(-1) as number;
  return lines.every(({ id, series }) => {
    if (id === end.line.id) return true;
    const row = series.xLast.findIndex((x) => x >= endX);
    return row < 0 || !(toPixel(y, series.last[row] as number) > end.y - 4);
  });
}
