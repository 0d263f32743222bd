import type { Json } from '../memory-server.ts';

/** One raw request. `{name}` in path and body stands for what an earlier step kept under that name on the same server. */
export interface Step {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** Text is sent as it is; anything else as JSON. */
  readonly body?: unknown;
  readonly type?: string;
  /** What to remember of the answer: variable → where it stands. */
  readonly keep?: Readonly<Record<string, (json: Json) => string>>;
}

type Extra = Pick<Step, 'keep' | 'type'>;

export const API = '/api/2.0/mlflow';
export const FILES = '/api/2.0/mlflow-artifacts/artifacts';

export const get = (name: string, path: string, extra: Extra = {}): Step => ({
  name,
  method: 'GET',
  path: path.startsWith('/') ? path : `${API}/${path}`,
  ...extra,
});

export const send =
  (method: string) =>
  (name: string, path: string, body?: unknown, extra: Extra = {}): Step => ({
    name,
    method,
    path: path.startsWith('/') ? path : `${API}/${path}`,
    ...(body !== undefined && { body }),
    ...extra,
  });

export const post = send('POST');
export const patch = send('PATCH');
export const remove = send('DELETE');
export const put = send('PUT');

/** The same request once for each value, the value in its name. */
export function each<Value>(values: readonly Value[], step: (value: Value) => Step): Step[] {
  return values.map((value) => {
    const made = step(value);
    return { ...made, name: `${made.name}: ${shown(value)}` };
  });
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 60 ? `${text.slice(0, 40)}… (${text.length} characters)` : text;
}
