import { z } from 'zod';
import { readPointsOfRuns } from '#core/tracking/series/read-points-of-runs.ts';
import { operation } from '../../operation.ts';
import { bulkRunsOf } from '../../wire/bulk-runs.ts';
import { absentWhenNull, int64, list, text } from '../../wire/fields.ts';
import { historyOrder, pointAt } from '../../wire/history-order.ts';
import type { Present } from '../../wire/presence.ts';
import { presentMetric } from '../../wire/present.ts';

/** Of all runs together. */
const CAP = 25_000;

/** The one history that is no proto message: `metrics` is there also when it is empty. */
export const getHistoryBulk = operation({
  methods: ['GET'],
  path: '/mlflow/metrics/get-history-bulk',
  permission: 'run:read',
  request: z.object({
    run_id: list(text),
    metric_key: text,
    max_results: absentWhenNull(int64.pipe(z.int().min(0))),
  }),
  async handle({ ports, principal }, request) {
    const runs = bulkRunsOf('run_id', request.run_id);
    const limit = Math.min(request.max_results ?? CAP, CAP);
    const metrics: Present[] = [];
    for await (const { run, points } of readPointsOfRuns(ports, principal, {
      runs,
      metric: request.metric_key,
    })) {
      for (const row of historyOrder(points).subarray(0, limit - metrics.length)) {
        metrics.push({ ...presentMetric(request.metric_key, pointAt(points, row)), run_id: run });
      }
      if (metrics.length >= limit) break;
    }
    return { metrics };
  },
});
