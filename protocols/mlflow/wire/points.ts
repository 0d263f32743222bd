import { Fault } from '#core/domain/fault.ts';
import { ownerKey, type LoggedPoints, type SeriesOwner } from '#core/domain/point.ts';
import type { RunId } from '#core/domain/ids.ts';
import { modelOf } from './fields.ts';
import { missingParameter } from './read-request.ts';

/** A metric of log-batch or log-metric as it comes off the wire; checked here rather than by zod, for speed. */
export interface WireMetric {
  readonly key?: unknown;
  readonly value?: unknown;
  readonly timestamp?: unknown;
  readonly step?: unknown;
  readonly model_id?: unknown;
  readonly dataset_name?: unknown;
  readonly dataset_digest?: unknown;
}

const MICROS_PER_MS = 1000;

/**
 * Metrics as columns: of the run, and again of each model they name, together with the dataset they were measured on.
 * @throws Fault `invalid` in MLflow's words.
 */
export function pointsOf(run: RunId, metrics: readonly WireMetric[]): LoggedPoints[] {
  if (metrics.length === 0) return [];
  const all = columnsOf({ kind: 'run', run }, metrics);
  const byModel = new Map<string, { owner: SeriesOwner; metrics: WireMetric[] }>();
  for (const metric of metrics) {
    if (typeof metric.model_id !== 'string' || metric.model_id === '') continue;
    const owner = modelOwner(run, metric.model_id, metric);
    const key = ownerKey(owner);
    const group = byModel.get(key);
    if (group) group.metrics.push(metric);
    else byModel.set(key, { owner, metrics: [metric] });
  }
  return [all, ...[...byModel.values()].map((group) => columnsOf(group.owner, group.metrics))];
}

function columnsOf(owner: SeriesOwner, metrics: readonly WireMetric[]): LoggedPoints {
  const n = metrics.length;
  const names: string[] = [];
  const places = new Map<string, number>();
  const metricAt = new Uint32Array(n);
  const steps = new Float64Array(n);
  const times = new Float64Array(n);
  const values = new Float64Array(n);
  let lastKey: string | undefined;
  let lastPlace = 0;
  for (let at = 0; at < n; at += 1) {
    const metric = metrics[at];
    if (typeof metric !== 'object' || metric === null) throw invalid('metrics', metric);
    const { key, value, timestamp, step } = metric;
    if (key === undefined || key === null) throw missingParameter('metrics.key');
    if (typeof key !== 'string') throw invalid('key', key);
    if (key !== lastKey) {
      lastPlace = places.get(key) ?? names.push(key) - 1;
      places.set(key, lastPlace);
      lastKey = key;
    }
    metricAt[at] = lastPlace;
    values[at] = typeof value === 'number' ? value : doubleOf(value);
    times[at] =
      MICROS_PER_MS * (typeof timestamp === 'number' ? timestamp : integerOf('timestamp', timestamp));
    steps[at] = step === undefined || step === null ? 0 : integerOf('step', step);
  }
  return { owner, metrics: names, metricAt, steps, times, values };
}

function modelOwner(
  run: RunId,
  model: string,
  { dataset_name: name, dataset_digest: digest }: WireMetric,
): SeriesOwner {
  const isMeasuredOn = typeof name === 'string' && typeof digest === 'string';
  return { kind: 'model', model: modelOf(model), run, ...(isMeasuredOn && { dataset: { name, digest } }) };
}

/** A double: a number, or NaN, Infinity, -Infinity and numbers as text. */
function doubleOf(value: unknown): number {
  if (value === undefined || value === null) throw missingParameter('metrics.value');
  if (typeof value !== 'string') throw invalid('value', value);
  const trimmed = value.trim();
  if (trimmed === 'NaN') return Number.NaN;
  const number = Number(trimmed);
  if (trimmed === '' || Number.isNaN(number)) throw invalid('value', value);
  return number;
}

function integerOf(name: string, value: unknown): number {
  if (value === undefined || value === null) throw missingParameter(`metrics.${name}`);
  const number = typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value;
  if (!Number.isSafeInteger(number)) throw invalid(name, value);
  return number as number;
}

function invalid(name: string, value: unknown): Fault {
  return new Fault(
    'invalid',
    `Invalid value ${JSON.stringify(value)?.slice(0, 200)} for parameter '${name}' supplied.`,
    {
      field: name,
    },
  );
}
