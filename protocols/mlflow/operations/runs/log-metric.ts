import { z } from 'zod';
import { logBatch } from '#core/tracking/runs/log-batch.ts';
import { operation } from '../../operation.ts';
import { runOf, runRef } from '../../wire/fields.ts';
import { pointsOf, type WireMetric } from '../../wire/points.ts';

export const logMetric = operation({
  methods: ['POST'],
  path: '/mlflow/runs/log-metric',
  permission: 'run:write',
  request: z.looseObject(runRef),
  async handle({ ports, principal }, request) {
    const run = runOf(request);
    await logBatch(ports, principal, { run, points: pointsOf(run, [request as WireMetric], '') });
    return {};
  },
});
