import type { Series } from './series.ts';

export interface SparkOptions {
  readonly width: number;
  readonly height: number;
  readonly xRange?: readonly [number, number] | undefined;
  readonly yRange?: readonly [number, number] | undefined;
  readonly reference?: number | undefined;
}

export interface SparkPath {
  /** SVG path data, empty when nothing is finite. */
  readonly d: string;
  readonly end: { readonly x: number; readonly y: number } | undefined;
  readonly referenceY: number | undefined;
}

/** The dot at the end must fit. */
const MARGIN = 3;

/** At most one vertex for each half pixel: of rows that fall together, the last one counts. */
export function sparkPath(series: Series, options: SparkOptions): SparkPath {
  const { width, height, reference } = options;
  const { last, xLast } = series;
  let low = options.yRange?.[0] ?? reference ?? Infinity;
  let high = options.yRange?.[1] ?? reference ?? -Infinity;
  if (options.yRange === undefined) {
    for (const value of last) {
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const from = options.xRange?.[0] ?? xLast[0] ?? 0;
  const to = options.xRange?.[1] ?? xLast.at(-1) ?? 1;
  const toX = (x: number): number => 1 + ((x - from) / (to - from || 1)) * (width - 1 - MARGIN);
  const toY = (value: number): number => {
    const part = high > low ? (value - low) / (high - low) : 0.5;
    return height - MARGIN - Math.min(1, Math.max(0, part)) * (height - 2 * MARGIN);
  };
  const pieces: string[] = [];
  let end: { x: number; y: number } | undefined;
  let isPenUp = true;
  for (let row = 0; row < last.length; row += 1) {
    const value = last[row] as number;
    if (!Number.isFinite(value)) {
      isPenUp = true;
      continue;
    }
    const x = Math.round(toX(xLast[row] as number) * 2) / 2;
    const y = Math.round(toY(value) * 10) / 10;
    const replaced = !isPenUp && end?.x === x ? pieces.pop() : undefined;
    const isStart = isPenUp || replaced?.startsWith('M') === true;
    pieces.push(`${isStart ? 'M' : 'L'}${x} ${y}`);
    end = { x, y };
    isPenUp = false;
  }
  return { d: pieces.join(''), end, referenceY: reference === undefined ? undefined : toY(reference) };
}
