import type { z } from 'zod';
import { fromMetricValue } from '#core/contract/numbers.ts';
import type { pointColumns } from '#core/contract/schemas.ts';
import { Fault } from '#core/domain/fault.ts';
import type { RunId } from '#core/domain/ids.ts';
import type { LoggedPoints } from '#core/domain/point.ts';
import type { ParamValue } from '#core/domain/run.ts';
import type { NewParam } from '#core/tracking/ports/change.ts';

type Columns = z.output<typeof pointColumns>;

/**
 * The contract's columns, one set a metric, as the columns of one run.
 * @throws Fault `invalid` when the columns of a metric differ in length.
 */
export function loggedPoints(run: RunId, columns: readonly Columns[], nowMicros: number): LoggedPoints[] {
  const total = columns.reduce((rows, column) => rows + column.steps.length, 0);
  if (total === 0) return [];
  const points = {
    owner: { kind: 'run', run } as const,
    metrics: columns.map((column) => column.metric),
    metricAt: new Uint32Array(total),
    steps: new Float64Array(total),
    times: new Float64Array(total),
    values: new Float64Array(total),
  };
  let at = 0;
  for (const [metric, { steps, timesMicros, values, metric: name }] of columns.entries()) {
    const n = steps.length;
    if (values.length !== n || (timesMicros && timesMicros.length !== n)) {
      throw new Fault('invalid', `The columns of '${name}' differ in length.`, { field: 'points' });
    }
    points.metricAt.fill(metric, at, at + n);
    points.steps.set(steps, at);
    if (timesMicros) points.times.set(timesMicros, at);
    else points.times.fill(nowMicros, at, at + n);
    for (const value of values) points.values[at++] = fromMetricValue(value);
  }
  return [points];
}

export function newParams(
  params: ReadonlyArray<{ key: string; value: string | number | boolean | null }>,
): NewParam[] {
  return params.map(({ key, value }) => ({ key, value: paramValue(value) }));
}

function paramValue(value: string | number | boolean | null): ParamValue {
  if (value === null) return { text: 'null', type: 'null' };
  return { text: String(value), type: typeof value as 'string' | 'number' | 'boolean' };
}
