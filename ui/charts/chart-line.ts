import type { Ink } from './palette.ts';
import type { Series } from './series.ts';

/** 0 solid, 1 long dashes (6 3), 2 dots (2 2): the second channel when two lines share a colour. */
export type Dash = 0 | 1 | 2;

/** `base` is what the others are compared with (thick, in text colour); `own` is what the page is about. */
export type Rank = 'base' | 'own' | 'plain';

/** One line of a chart: its numbers, and how it wants to look. */
export interface ChartLine {
  /** The same id is the same thing in every chart: hovering it here lights it up there. */
  readonly id: string;
  /** Short name, beside the line's end and first in the tooltip. */
  readonly label: string;
  /** Longer name, in the tooltip only. */
  readonly name?: string;
  readonly series: Series;
  /** The unsmoothed values under a smoothed `series`, drawn at 25 %. */
  readonly raw?: Series;
  /**
   * Fill between each row's min and max (of `raw`, where there is one) at 14 %, always or only while the line is in
   * focus. The line itself then goes through the last values, and `raw` is not drawn.
   */
  readonly band?: 'always' | 'focus';
  readonly ink: Ink;
  readonly dash?: Dash;
  readonly rank?: Rank;
  /** More points are to come: the end gets a dot. */
  readonly live?: boolean;
}

/** Stroke widths in CSS pixels; thinner where ten and more lines share a small chart. */
export function strokeWidth(rank: Rank, isEmphasised: boolean, isDense: boolean): number {
  if (rank === 'base') return 2.25;
  if (isEmphasised || rank === 'own') return 2;
  return isDense ? 1 : 1.25;
}
