import { z } from 'zod';
import { modelId, projectId, runId, type ModelId, type ProjectId, type RunId } from '#core/domain/ids.ts';
import { missing } from '../faults.ts';
import { integerText } from './integer-text.ts';
import { missingParameter } from './read-request.ts';

// Pieces of MLflow's proto-JSON as clients really send it: int64 as numbers or numeric strings, enums by name or
// number, lists as repeated query keys, ids as strings or integers, `null` for "not set".

export const text = z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string());
export const optionalText = absentWhenNull(text);

/** An int64 as a number; beyond 2^53 it is refused rather than rounded. */
export const int64 = z.preprocess(integerText, z.int('is not an integer within 2^53'));
export const optionalInt64 = absentWhenNull(int64);

/** `true`/`false` also as query text. */
export const bool = z.preprocess(
  (value) => (value === 'true' ? true : value === 'false' ? false : value),
  z.boolean(),
);

/** A list; one query key that was given once, or nothing at all, is a list too. */
export function list<Item extends z.ZodType>(item: Item, most = 1_000_000) {
  return z.preprocess(
    (value) => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]),
    z.array(item).max(most),
  );
}

/** An enum by name or by proto number. */
export function enumeration<const Names extends readonly [string, ...string[]]>(names: Names, first = 1) {
  const byNumber = (value: unknown): unknown => {
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    return typeof number === 'number' ? names[number - first] : value;
  };
  return z.preprocess(byNumber, z.enum(names));
}

export function absentWhenNull<S extends z.ZodType>(schema: S) {
  return z.preprocess((value) => (value === null ? undefined : value), schema.optional());
}

/** A text that must say something: an empty one is a missing one. */
export const nonEmpty = text.pipe(z.string().min(1));

export const keyValue = z.object({ key: nonEmpty, value: z.preprocess((value) => value ?? '', text) });

/** Tags and params of what is created: more than a document can bear are refused. */
export const creationPairs = list(keyValue, 10_000);

/** `run_uuid` is the old name of `run_id` in every request. */
export const runRef = { run_id: optionalText, run_uuid: optionalText };

export const viewType = enumeration(['ACTIVE_ONLY', 'DELETED_ONLY', 'ALL']);
export type ViewType = z.output<typeof viewType>;

const VIEWS = { ACTIVE_ONLY: 'active', DELETED_ONLY: 'deleted', ALL: 'all' } as const;
export function viewOf(view: ViewType | undefined): 'active' | 'deleted' | 'all' {
  return VIEWS[view ?? 'ACTIVE_ONLY'];
}

/** @throws Fault `invalid` without an id, `not_found` for what cannot be one. */
export function runOf(request: { run_id?: string | undefined; run_uuid?: string | undefined }): RunId {
  const id = required('run_id', request.run_id || request.run_uuid);
  if (!/^[0-9a-f]{32}$/.test(id)) throw missing('run', `Run with id=${id.slice(0, 100)} not found`);
  return runId(id);
}

export function experimentOf(id: string): ProjectId {
  if (!/^[A-Za-z0-9][\w-]{0,63}$/.test(id)) {
    throw missing('project', `No Experiment with id=${id.slice(0, 100)} exists`);
  }
  return projectId(id);
}

export function modelOf(id: string): ModelId {
  if (!/^m-[0-9a-f]{32}$/.test(id))
    throw missing('logged model', `Logged model with ID '${id.slice(0, 100)}' not found.`);
  return modelId(id);
}

/** @throws Fault `invalid` with the words that clients' tests look for. */
export function required(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw missingParameter(name);
  return value;
}
