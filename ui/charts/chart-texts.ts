import type { ChartLine } from './chart-line.ts';

/** Every word a chart says by itself. The app hands in its own language; English is what tests and drafts use. */
export interface ChartTexts {
  readonly viewAsTable: string;
  readonly viewAsChart: string;
  readonly nan: (rows: number) => string;
  readonly nanHint: (firstX: string) => string;
  readonly clipped: (rows: number) => string;
  readonly clippedHint: string;
  readonly notPositive: (rows: number) => string;
  readonly notPositiveHint: string;
  readonly minMax: string;
  readonly minMaxHint: string;
  readonly log: string;
  readonly min: string;
  readonly max: string;
  readonly objective: string;
  readonly base: string;
  readonly more: (lines: number) => string;
  readonly noValue: (labels: readonly string[]) => string;
  readonly clickLocks: string;
  readonly escFrees: string;
  readonly empty: string;
  /** The sentence that a screen reader hears for the figure. */
  readonly summary: (facts: ChartSummary) => string;
  readonly columns: {
    readonly line: string;
    readonly last: string;
    readonly min: string;
    readonly max: string;
  };
}

export interface ChartSummary {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly xFrom: string;
  readonly xTo: string;
  readonly best: { readonly label: string; readonly value: string } | undefined;
}

export const ENGLISH_CHART_TEXTS: ChartTexts = {
  viewAsTable: 'View as table',
  viewAsChart: 'View as chart',
  nan: (rows) => `NaN ${rows}`,
  nanHint: (firstX) => `Values that are not finite, first at ${firstX}`,
  clipped: (rows) => `clipped ${rows}`,
  clippedHint: 'Outside the 1st to 99th percentile, drawn as ticks on the frame',
  notPositive: (rows) => `log: ${rows} ≤ 0`,
  notPositiveHint: 'Values that a log axis cannot show',
  minMax: 'min-max',
  minMaxHint: 'The band spans the smallest and the largest value of each pixel',
  log: 'log',
  min: 'min',
  max: 'max',
  objective: 'objective',
  base: 'base',
  more: (lines) => `+${lines} more`,
  noValue: (labels) => `${labels.join(', ')}: no value here.`,
  clickLocks: 'Click locks.',
  escFrees: 'Esc frees.',
  empty: 'Nothing to draw.',
  summary: ({ title, lines, xFrom, xTo, best }) =>
    `${title}: ${lines.length} ${lines.length === 1 ? 'line' : 'lines'} from ${xFrom} to ${xTo}` +
    (best === undefined ? '.' : `, best ${best.value} in ${best.label}.`),
  columns: { line: 'line', last: 'last', min: 'min', max: 'max' },
};
