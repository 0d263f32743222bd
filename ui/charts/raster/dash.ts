import type { Dash } from '#ui/charts/chart-line.ts';
import type { Columns } from './columns.ts';

/** Lengths of stroke and gap in CSS pixels; the same as `dashPattern` in palette.ts gives to SVG. */
const STROKE: Record<Dash, number> = { 0: 1, 1: 6, 2: 2 };
const GAP: Record<Dash, number> = { 0: 0, 1: 3, 2: 2 };

export interface DashStyle {
  readonly dash: Dash;
  /** Device pixels in a CSS pixel. */
  readonly ratio: number;
}

/** How far the path's direction goes on in a column. Noise inside the column does not use up the pattern. */
export function dashStep(columns: Columns, column: number): number {
  const rise = (columns.exit[column] as number) - (columns.enter[column] as number);
  return Math.sqrt(1 + rise * rise);
}

/** Which part of the path between two lengths is stroke, when one begins at every multiple of the period: 0 … 1. */
export function dashCover({ dash, ratio }: DashStyle, from: number, to: number): number {
  if (dash === 0) return 1;
  const stroke = STROKE[dash] * ratio;
  const period = stroke + GAP[dash] * ratio;
  return (strokeLength(to, stroke, period) - strokeLength(from, stroke, period)) / (to - from);
}

/** The same for one pixel of a steep piece, along which the pattern runs from row to row. */
export function dashCoverOfRow(
  style: DashStyle,
  travelled: number,
  step: number,
  columns: Columns,
  column: number,
  row: number,
): number {
  const enter = columns.enter[column] as number;
  const exit = columns.exit[column] as number;
  const part = Math.min(1, Math.max(0, (row + 0.5 - enter) / (exit - enter)));
  const at = travelled + part * step;
  return dashCover(style, at - 0.5, at + 0.5);
}

function strokeLength(to: number, stroke: number, period: number): number {
  const whole = Math.floor(to / period);
  return whole * stroke + Math.min(stroke, to - whole * period);
}
