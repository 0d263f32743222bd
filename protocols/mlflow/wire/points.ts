import { Fault } from '#core/domain/fault.ts';
import { ownerKey, type LoggedPoints, type SeriesOwner } from '#core/domain/point.ts';
import type { RunId } from '#core/domain/ids.ts';
import { modelOf } from './fields.ts';
import { integerText } from './integer-text.ts';
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
 * @param place what a missing field's name is prefixed with.
 * @throws Fault `invalid` in MLflow's words.
 */
export function pointsOf(run: RunId, metrics: readonly WireMetric[], place = 'metrics.'): LoggedPoints[] {
  if (metrics.length === 0) return [];
  const all = columnsOf({ kind: 'run', run }, metrics, place);
  const byModel = new Map<string, { owner: SeriesOwner; metrics: WireMetric[] }>();
  for (const metric of metrics) {
    if (typeof metric.model_id !== 'string' || metric.model_id === '') continue;
    const owner = modelOwner(run, metric.model_id, metric);
    const key = ownerKey(owner);
    const group = byModel.get(key);
    if (group) group.metrics.push(metric);
    else byModel.set(key, { owner, metrics: [metric] });
  }
  return [all, ...[...byModel.values()].map((group) => columnsOf(group.owner, group.metrics, place))];
}

function columnsOf(owner: SeriesOwner, metrics: readonly WireMetric[], place: string): LoggedPoints {
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
    if (key === undefined || key === null || key === '') throw missingParameter(`${place}key`);
    if (typeof key !== 'string') throw invalid('key', key);
    if (key !== lastKey) {
      lastPlace = places.get(key) ?? names.push(key) - 1;
      places.set(key, lastPlace);
      lastKey = key;
    }
    metricAt[at] = lastPlace;
    if (value === undefined || value === null || value === '') throw missingParameter(`${place}value`);
    if (timestamp === undefined || timestamp === null) throw missingParameter(`${place}timestamp`);
    // A number that is not finite was beyond the doubles (1e400): infinity has a word of its own.
    values[at] = Number.isFinite(value) ? (value as number) : doubleOf(value);
    times[at] = MICROS_PER_MS * integerOf('timestamp', timestamp);
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

const WORDS: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

/** A double as text: a finite number or one of the words for what is not. */
function doubleOf(value: unknown): number {
  if (typeof value !== 'string') throw invalid('value', value);
  const trimmed = value.trim();
  const number = WORDS.get(trimmed) ?? Number(trimmed || 'nothing');
  if (!Number.isFinite(number) && !WORDS.has(trimmed)) throw invalid('value', value);
  return number;
}

function integerOf(name: string, value: unknown): number {
  const number = integerText(value);
  if (!Number.isSafeInteger(number)) throw invalid(name, value);
  return number as number;
}

function invalid(name: string, value: unknown): Fault {
  return new Fault('invalid', `Invalid value ${shown(value)} for parameter '${name}' supplied.`, {
    field: name,
  });
}

/** Infinity has no JSON: it is shown as it is spelt. */
function shown(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value)?.slice(0, 200) ?? 'nothing');
}
