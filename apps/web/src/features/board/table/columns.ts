import type { ObjectiveJson, RunJson } from '#core/contract/schemas.ts';
import {
  metricOf,
  objectiveValue,
  paramText,
  runDuration,
  tagText,
  type Aggregate,
} from '../../../api/run-values.ts';

// A column by its id, which is what URLs hold: `name`, `objective`, `metrics.val/loss~min`, `params.lr`, `tags.team`.
// (`~` cannot be part of a name.) Here is what a column means; how it looks is in `cells.tsx`.

export type Column =
  | { readonly kind: 'attribute'; readonly id: Attribute }
  | { readonly kind: 'metric'; readonly id: string; readonly key: string; readonly aggregate: Aggregate }
  | { readonly kind: 'param' | 'tag'; readonly id: string; readonly key: string };

export const ATTRIBUTES = [
  'name',
  'status',
  'objective',
  'delta',
  'trend',
  'age',
  'duration',
  'user',
  'wire',
] as const;
export type Attribute = (typeof ATTRIBUTES)[number];

export function parseColumn(id: string): Column | undefined {
  const attribute = ATTRIBUTES.find((known) => known === id);
  if (attribute) return { kind: 'attribute', id: attribute };
  const match = /^(metrics|params|tags)\.(.+?)(?:~(min|max))?$/.exec(id);
  if (!match?.[1] || !match[2]) return undefined;
  const key = match[2];
  if (match[1] === 'metrics')
    return { kind: 'metric', id, key, aggregate: (match[3] ?? 'last') as Aggregate };
  return { kind: match[1] === 'params' ? 'param' : 'tag', id, key };
}

export interface Reading {
  readonly objective: ObjectiveJson | undefined;
  readonly base: RunJson | undefined;
  readonly now: number;
}

type SortValue = number | string | undefined;

const ATTRIBUTE_VALUES: Record<Attribute, (run: RunJson, reading: Reading) => SortValue> = {
  name: (run) => run.name,
  status: (run) => run.status,
  objective: (run, { objective }) => objectiveValue(run, objective),
  trend: (run, { objective }) => objectiveValue(run, objective),
  delta: (run, { objective, base }) => {
    const own = objectiveValue(run, objective);
    return own === undefined ? undefined : own - ((base && objectiveValue(base, objective)) ?? 0);
  },
  age: (run, { now }) => now - run.startedAt,
  duration: (run, { now }) => runDuration(run, now),
  user: (run) => run.userId || undefined,
  wire: (run) => run.wire,
};

/** What a column sorts by: numbers among numbers, text among text, undefined last. */
export function sortValue(column: Column, run: RunJson, reading: Reading): SortValue {
  if (column.kind === 'attribute') return ATTRIBUTE_VALUES[column.id](run, reading);
  if (column.kind === 'metric') return metricOf(run, column.key, column.aggregate);
  return numberOrText((column.kind === 'param' ? paramText : tagText)(run, column.key));
}

/** The direction that a first click on the head gives: best first for the objective, newest first for the age. */
export function startsDescending(column: Column, objective: ObjectiveJson | undefined): boolean {
  if (column.kind === 'metric') {
    return column.aggregate === 'max' || (column.aggregate === 'last' && objective?.direction !== 'min');
  }
  if (column.kind !== 'attribute') return false;
  if (column.id === 'objective' || column.id === 'trend' || column.id === 'delta')
    return objective?.direction === 'max';
  return column.id === 'duration';
}

/** The fields of the filter language that say what an attribute column says. */
const FIELDS: Partial<Record<Attribute, string>> = {
  name: 'name',
  status: 'status',
  user: 'user',
  age: 'started',
  duration: 'duration',
};
const ENTITIES = { metric: 'metrics', param: 'params', tag: 'tags' } as const;

/** How the server orders by it, so that the first page holds the right runs; undefined where it cannot. */
export function serverOrder(
  column: Column,
  isDescending: boolean,
  objective: ObjectiveJson | undefined,
): string | undefined {
  const direction = isDescending ? 'DESC' : 'ASC';
  if (column.kind !== 'attribute') return `${ENTITIES[column.kind]}.\`${column.key}\` ${direction}`;
  if (['objective', 'delta', 'trend'].includes(column.id)) {
    return objective && `metrics.\`${objective.metric}\` ${direction}`;
  }
  const field = FIELDS[column.id];
  // The younger, the later it started.
  const isTurned = column.id === 'age';
  return field && `${field} ${isDescending === isTurned ? 'ASC' : 'DESC'}`;
}

/** What is left for params beside the other usual columns, in letters: more would not fit a table of usual width. */
const USUAL_LETTERS = 24;

/** The usual columns: the objective, the params in which the runs differ most, the age. */
export function usualColumns(runs: readonly RunJson[], objective: ObjectiveJson | undefined): string[] {
  const values = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  for (const run of runs.slice(0, 500)) {
    for (const { key, text } of run.params) {
      const seen = values.get(key);
      if (seen) seen.add(text);
      else values.set(key, new Set([text]));
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const weight = (key: string): number => {
    const distinct = values.get(key)?.size ?? 0;
    return distinct > 1 ? (counts.get(key) ?? 0) : 0;
  };
  const params = [...values.keys()]
    .filter((key) => weight(key) > 0)
    .toSorted((a, b) => weight(b) - weight(a) || a.length - b.length || (a < b ? -1 : 1));
  let free = USUAL_LETTERS;
  const fitting = params.filter((key) => {
    const letters = Math.max(key.length, ...[...(values.get(key) ?? [])].map((text) => text.length)) + 2;
    if (letters > free) return false;
    free -= letters;
    return true;
  });
  const numbers = objective ? ['objective', 'delta', 'trend'] : usualMetrics(runs);
  return ['name', 'status', ...numbers, ...fitting.map((key) => `params.${key}`), 'age'];
}

function usualMetrics(runs: readonly RunJson[]): string[] {
  const keys = new Set(runs.slice(0, 100).flatMap((run) => run.metrics.map(({ key }) => key)));
  return [...keys].slice(0, 2).map((key) => `metrics.${key}`);
}

function numberOrText(text: string | undefined): number | string | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) ? value : text;
}
