import type { RunJson } from '#core/contract/schemas.ts';
import { lastStep, metricOf, objectiveValue, paramText, tagText } from '../../../api/run-values.ts';
import { decimalsOf } from '../../../text/numbers.ts';
import type { Column, Reading } from './columns.ts';

// What the cells of a column have in common, so that numbers line up and trends can be compared. Computed over the
// loaded runs, once for a change of data.

export interface CellLooks {
  /** Decimals of a numeric column, by its id. */
  readonly decimals: ReadonlyMap<string, number>;
  /** Params and tags whose values are all numbers stand right. */
  readonly isNumeric: ReadonlyMap<string, boolean>;
  readonly trendX: readonly [number, number];
  readonly trendY: readonly [number, number] | undefined;
  readonly best: number | undefined;
}

const SAMPLE = 500;

export function cellLooks(
  runs: readonly RunJson[],
  columns: readonly Column[],
  { objective }: Reading,
  best: number | undefined,
): CellLooks {
  const sample = runs.slice(0, SAMPLE);
  const decimals = new Map<string, number>();
  const isNumeric = new Map<string, boolean>();
  for (const column of columns) {
    if (column.kind === 'metric') {
      const values = sample.flatMap((run) => metricOf(run, column.key, column.aggregate) ?? []);
      decimals.set(column.id, decimalsOf(typical(values)));
    }
    if (column.kind === 'param' || column.kind === 'tag') {
      isNumeric.set(
        column.id,
        sample.every((run) => isNumber(textOf(column, run))),
      );
    }
  }
  const values = sample.flatMap((run) => objectiveValue(run, objective) ?? []).filter(Number.isFinite);
  decimals.set('objective', decimalsOf(best === undefined ? values : [best]));
  const steps = sample.map((run) => lastStep(run) ?? 0);
  return {
    decimals,
    isNumeric,
    trendX: [0, Math.max(1, ...steps)],
    trendY: trendRange(values, objective?.direction),
    best,
  };
}

/** From the best to well beyond the usual: where curves can be told apart. */
function trendRange(
  values: readonly number[],
  direction: 'min' | 'max' | undefined,
): readonly [number, number] | undefined {
  if (values.length < 2 || !direction) return undefined;
  const sorted = values.toSorted((a, b) => (direction === 'min' ? a - b : b - a));
  const best = sorted[0] as number;
  const usual = sorted[Math.floor(sorted.length * 0.8)] as number;
  if (best === usual) return undefined;
  const far = best + (usual - best) * 2.5;
  return direction === 'min' ? [best, far] : [far, best];
}

/** One diverged run must not take the decimals of all others. */
function typical(values: readonly number[]): number[] {
  const finite = values.filter(Number.isFinite).toSorted((a, b) => Math.abs(a) - Math.abs(b));
  return finite.slice(0, Math.max(1, Math.ceil(finite.length * 0.9)));
}

export function textOf(column: Column, run: RunJson): string | undefined {
  if (column.kind === 'param') return paramText(run, column.key);
  if (column.kind === 'tag') return tagText(run, column.key);
  return undefined;
}

function isNumber(text: string | undefined): boolean {
  return text === undefined || (text.trim() !== '' && Number.isFinite(Number(text)));
}

/** `params.lr` → `lr`. */
export function headText(column: Column): string {
  if (column.kind === 'attribute') return column.id;
  return column.kind === 'metric' && column.aggregate !== 'last'
    ? `${column.key} ${column.aggregate}`
    : column.key;
}

const LETTER = 6.6;
const FIXED: Partial<Record<string, number>> = {
  status: 76,
  objective: 82,
  delta: 66,
  trend: 56,
  age: 36,
  duration: 84,
  user: 56,
  wire: 52,
};

/** Grid tracks: the line sample, the run number, then the columns, as narrow as their texts allow. */
export function gridColumns(
  columns: readonly Column[],
  runs: readonly RunJson[],
  looks: CellLooks,
): { readonly template: string; readonly minWidth: number } {
  const widths = columns.map((column) => widthOf(column, runs, looks));
  const name = 120;
  const tracks = widths.map((width) => (width === undefined ? `minmax(${name}px, 1fr)` : `${width}px`));
  const hasName = widths.includes(undefined);
  const fixed = widths.reduce<number>((sum, width) => sum + (width ?? name), 0);
  return {
    template: `20px 26px ${tracks.join(' ')}${hasName ? '' : ' 1fr'}`,
    minWidth: fixed + 46 + 10 * (columns.length + 2) + 28,
  };
}

function widthOf(column: Column, runs: readonly RunJson[], looks: CellLooks): number | undefined {
  if (column.kind === 'attribute') return column.id === 'name' ? undefined : (FIXED[column.id] ?? 72);
  const head = Math.min(12, headText(column).length) * LETTER * 0.92;
  if (column.kind === 'metric') return Math.round(Math.max(68, head));
  const longest = Math.max(0, ...runs.slice(0, SAMPLE).map((run) => textOf(column, run)?.length ?? 0));
  const most = looks.isNumeric.get(column.id) ? 80 : 120;
  return Math.round(Math.min(most, Math.max(32, longest * LETTER + 2, head)));
}
