import { fromMetricValue, type MetricValue } from '#core/contract/numbers.ts';
import type { ObjectiveJson, RunJson } from '#core/contract/schemas.ts';

/** What a run reached of an objective, or undefined when it never logged it. */
export function objectiveValue(run: RunJson, objective: ObjectiveJson | undefined): MetricValue | undefined {
  const metric = run.metrics.find(({ key }) => key === objective?.metric);
  return objective && metric?.[objective.aggregate]?.value;
}

/** Six significant digits, as people compare them; the exact value is in `--json`. */
export function formatValue(value: MetricValue | undefined): string {
  if (value === undefined) return '';
  const number = fromMetricValue(value);
  return Number.isFinite(number) ? String(Number(number.toPrecision(6))) : String(number);
}

/** `12 s`, `5 min`, `3 h`, `2 d`: the largest unit that is not zero. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} d`;
}

export function formatTime(ms: number): string {
  return new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}

/**
 * The params that tell these runs apart, most telling first: those whose value differs, the ones with more values first.
 * Of a single run, all.
 */
export function tellingParams(runs: readonly RunJson[]): string[] {
  const texts = new Map<string, Set<string>>();
  for (const { params } of runs) {
    for (const { key, text } of params) texts.set(key, (texts.get(key) ?? new Set()).add(text));
  }
  return [...texts]
    .filter(([, values]) => runs.length === 1 || values.size > 1)
    .toSorted(([, a], [, b]) => b.size - a.size)
    .map(([key]) => key);
}

/** `lr=0.1 batch=32`, of these params. */
export function formatParams(run: RunJson, keys: readonly string[]): string {
  const texts = new Map(run.params.map(({ key, text }) => [key, text]));
  return keys
    .filter((key) => texts.has(key))
    .map((key) => `${key}=${texts.get(key)}`)
    .join(' ');
}

export function statusStyle({ status }: RunJson): 'green' | 'red' | 'yellow' | 'dim' {
  if (status === 'running') return 'green';
  if (status === 'failed') return 'red';
  return status === 'killed' ? 'yellow' : 'dim';
}
