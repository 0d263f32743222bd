import { z } from 'zod';
import { Fault } from '#core/domain/fault.ts';
import type { PointColumns } from '#core/domain/point.ts';
import { readPointsOfRuns } from '#core/tracking/series/read-points-of-runs.ts';
import { operation } from '../../operation.ts';
import { bulkRunsOf } from '../../wire/bulk-runs.ts';
import { list, optionalInt64, text } from '../../wire/fields.ts';
import { pointAt } from '../../wire/history-order.ts';
import { pageLimit } from '../../wire/page-limit.ts';
import { declaredList, type Present } from '../../wire/presence.ts';
import { presentMetric } from '../../wire/present.ts';
import { sampledRows } from '../../wire/sampled-rows.ts';

/** Points of each run. */
const MOST = 2500;

export const getHistoryBulkInterval = operation({
  methods: ['GET'],
  path: '/mlflow/metrics/get-history-bulk-interval',
  permission: 'run:read',
  request: z.object({
    run_ids: list(text),
    metric_key: text,
    start_step: optionalInt64,
    end_step: optionalInt64,
    max_results: optionalInt64,
  }),
  async handle({ ports, principal }, request) {
    const runs = bulkRunsOf('run_ids', request.run_ids);
    const limit = pageLimit(request.max_results, { usual: MOST, most: MOST });
    const interval = intervalOf(request);
    const metrics: Present[] = [];
    for await (const { run, points } of readPointsOfRuns(ports, principal, {
      runs,
      metric: request.metric_key,
    })) {
      const { from, to } = rowsWithin(points, interval);
      for (const row of sampledRows(to - from, limit)) {
        metrics.push({ ...presentMetric(request.metric_key, pointAt(points, from + row)), run_id: run });
      }
    }
    return declaredList('metrics', metrics);
  },
});

type Interval = readonly [number, number];

function intervalOf(request: {
  readonly start_step?: number | undefined;
  readonly end_step?: number | undefined;
}): Interval {
  const { start_step: start, end_step: end } = request;
  if (start === undefined && end === undefined) return [-Infinity, Infinity];
  if (start === undefined || end === undefined) {
    throw new Fault('invalid', 'If either start step or end step are specified, both must be specified.', {
      field: start === undefined ? 'start_step' : 'end_step',
    });
  }
  if (start > end) {
    throw new Fault(
      'invalid',
      `end_step must be greater than start_step. Found start_step=${start} and end_step=${end}.`,
      { field: 'end_step' },
    );
  }
  return [start, end];
}

/** Rows are ascending by step. */
function rowsWithin({ steps }: PointColumns, [start, end]: Interval): { from: number; to: number } {
  const from = steps.findIndex((step) => step >= start);
  if (from < 0) return { from: 0, to: 0 };
  return { from, to: Math.max(from, steps.findLastIndex((step) => step <= end) + 1) };
}
