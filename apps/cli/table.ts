import { styleText } from 'node:util';
import { cut, displayWidth, plain } from './text.ts';

type Style = Parameters<typeof styleText>[0];

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => string;
  readonly align?: 'right';
  readonly style?: (row: Row) => Style | undefined;
  /** Columns it keeps when the terminal is narrow; without it, it never shrinks. */
  readonly shrinkTo?: number;
}

const GAP = 2;

/**
 * Aligned lines, heads first, none wider than `width`: columns that may shrink do so from the last to the first.
 * @param width of the terminal; Infinity when nobody looks at columns.
 */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width = terminalWidth(),
): string {
  const cells = rows.map((row) => columns.map((column) => plain(column.cell(row))));
  const widths = columns.map(({ head }, at) =>
    Math.max(displayWidth(head), ...cells.map((line) => displayWidth(line[at] ?? ''))),
  );
  let excess = widths.reduce((sum, own) => sum + own + GAP, -GAP) - width;
  for (const [at, { shrinkTo }] of [...columns.entries()].toReversed()) {
    if (shrinkTo === undefined || excess <= 0) continue;
    const given = Math.min(excess, Math.max(0, (widths[at] ?? 0) - shrinkTo));
    widths[at] = (widths[at] ?? 0) - given;
    excess -= given;
  }
  const line = (texts: readonly string[], styles: readonly (Style | undefined)[]): string =>
    texts
      .map((text, at) => {
        const shown = cut(text, widths[at] ?? 0);
        const isLast = at === texts.length - 1;
        const padding = ' '.repeat((widths[at] ?? 0) - displayWidth(shown));
        const painted = paint(styles[at], shown);
        if (columns[at]?.align === 'right') return padding + painted;
        return isLast ? painted : painted + padding;
      })
      .join(' '.repeat(GAP))
      .trimEnd();
  return [
    line(
      columns.map(({ head }) => head),
      columns.map(() => 'dim'),
    ),
    ...rows.map((row, at) =>
      line(
        cells[at] ?? [],
        columns.map(({ style }) => style?.(row)),
      ),
    ),
  ].join('\n');
}

/** Colours only where a person looks and has not declined them (NO_COLOR, FORCE_COLOR, no terminal): Node decides. */
export function paint(style: Style | undefined, text: string): string {
  return style === undefined ? text : styleText(style, text, { stream: process.stdout });
}

function terminalWidth(): number {
  return process.stdout.isTTY ? process.stdout.columns : Infinity;
}

/** Names and what is said of them; '' without any. */
export function pairTable(head: string, rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  return table(rows, [
    { head, cell: ([key = '']) => key, shrinkTo: 20 },
    { head: '', cell: ([, value = '']) => value, shrinkTo: 10 },
  ]);
}
