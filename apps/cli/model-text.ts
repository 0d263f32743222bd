import type { CheckResultJson, FigureJson, VersionRowJson } from '#core/contract/registry-schemas.ts';
import { formatValue } from './describe-run.ts';
import { paint, type Column } from './table.ts';

export function figureText(figure: FigureJson | undefined): string {
  return figure === undefined ? '–' : formatValue(figure.value);
}

/** `+0.0021`: production against development, in the digits that people compare. */
export function changeText({ dev, prod }: Pick<VersionRowJson, 'dev' | 'prod'>): string {
  if (!dev || !prod) return '';
  const change = prod.value - dev.value;
  const text = String(Number(change.toPrecision(3)));
  return change > 0 ? `+${text}` : text;
}

export function objectiveText({ objective }: Pick<VersionRowJson, 'objective'>): string {
  if (!objective) return '–';
  const guess = objective.origin === 'inferred' ? ' (inferred)' : '';
  return `${objective.direction} ${objective.metric}${guess}`;
}

/** `sales@v31 (training)`. */
export function dataText({ data }: Pick<VersionRowJson, 'data'>): string {
  return data.map(({ name, number }) => `${name}@v${number}`).join(' ') || '–';
}

export function runText({ run }: Pick<VersionRowJson, 'run'>): string {
  return run ? `${run.projectName} ${run.number}` : '–';
}

/** What an alias and a stage say of a version: `@champion production`. */
export function standingText({ aliases, stage }: Pick<VersionRowJson, 'aliases' | 'stage'>): string {
  return [...aliases.map((alias) => `@${alias}`), ...(stage === 'none' ? [] : [stage])].join(' ');
}

/** One line per check, its outcome first. */
export function checkLines(checks: readonly CheckResultJson[]): readonly string[] {
  return checks.map(({ kind, isPassed, detail }) => {
    const mark = isPassed ? paint('green', 'passed ') : paint('red', 'refused');
    return `  ${mark}  ${kind}: ${detail}`;
  });
}

/** The columns that say how a version does. */
export const FIGURE_COLUMNS: readonly Column<VersionRowJson>[] = [
  { head: 'OBJECTIVE', cell: objectiveText },
  { head: 'DEV', cell: ({ dev }) => figureText(dev), align: 'right' },
  { head: 'PROD', cell: ({ prod }) => figureText(prod), align: 'right' },
  { head: 'CHANGE', cell: changeText, align: 'right' },
];
