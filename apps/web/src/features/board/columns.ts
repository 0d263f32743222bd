import type { ObjectiveJson, RunJson } from '#core/contract/schemas.ts';
import {
  metricOf,
  objectiveValue,
  paramText,
  runDuration,
  tagText,
  type Aggregate,
} from '../../api/run-values.ts';

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
  if (match[1] === 'metrics') return { kind: 'metric', id, key, aggregate: (match[3] ?? 'last') as Aggregate };
  return { kind: match[1] === 'params' ? 'param' : 'tag', id, key };
}

export interface Reading {
  readonly objective: ObjectiveJson | undefined;
  readonly base: RunJson | undefined;
  readonly now: number;
}

/** What a column sorts by: numbers among numbers, text among text, undefined last. */
export function sortValue(column: Column, run: RunJson, { objective, base, now }: Reading) {
  if (column.kind === 'metric') return metricOf(run, column.key, column.aggregate);
  if (column.kind === 'param') return numberOrText(paramText(run, column.key));
  if (column.kind === 'tag') return numberOrText(tagText(run, column.key));
  switch (column.id) {
    case 'name':
      return run.name;
    case 'status':
      return run.status;
    case 'objective':
    case 'trend':
      return objectiveValue(run, objective);
    case 'delta': {
      const own = objectiveValue(run, objective);
      const other = base && objectiveValue(base, objective);
      return own === undefined ? undefined : own - (other ?? 0);
    }
    case 'age':
      return now - run.startedAt;
    case 'duration':
      return runDuration(run, now);
    case 'user':
      return run.userId || undefined;
    case 'wire':
      return run.wire;
  }
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

/** How the server orders by it, so that the first page holds the right runs; undefined where it cannot. */
export function serverOrder(
  column: Column,
  isDescending: boolean,
  objective: ObjectiveJson | undefined,
): string | undefined {
  const direction = isDescending ? 'DESC' : 'ASC';
  if (column.kind === 'metric') return `metrics.\`${column.key}\` ${direction}`;
  if (column.kind === 'param') return `params.\`${column.key}\` ${direction}`;
  if (column.kind === 'tag') return `tags.\`${column.key}\` ${direction}`;
  switch (column.id) {
    case 'name':
      return `attributes.run_name ${direction}`;
    case 'status':
      return `attributes.status ${direction}`;
    case 'user':
      return `attributes.user_id ${direction}`;
    case 'objective':
    case 'delta':
    case 'trend':
      return objective && `metrics.\`${objective.metric}\` ${direction}`;
    case 'age':
      // The younger, the later it started.
      return `attributes.start_time ${isDescending ? 'ASC' : 'DESC'}`;
    case 'duration':
    case 'wire':
      return undefined;
  }
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
