import { z } from 'zod';
import { Fault } from '#core/domain/fault.ts';
import { logBatch as log } from '#core/tracking/runs/log-batch.ts';
import { operation } from '../../operation.ts';
import { keyValue, list, runOf, runRef } from '../../wire/fields.ts';
import { assertBatch, paramOf, tagOf } from '../../wire/limits.ts';
import { pointsOf, type WireMetric } from '../../wire/points.ts';

export const logBatch = operation({
  methods: ['POST'],
  path: '/mlflow/runs/log-batch',
  permission: 'run:write',
  // Metrics are checked as they are turned into columns: zod would cost more than all the rest.
  request: z.object({ ...runRef, metrics: list(z.unknown()), params: list(keyValue), tags: list(keyValue) }),
  async handle({ ports, principal }, request) {
    const { metrics, params, tags } = request;
    assertBatch({ metrics: metrics.length, params: params.length, tags: tags.length });
    if (new Set(params.map((param) => param.key)).size < params.length) {
      throw new Fault(
        'invalid',
        `Duplicate parameter keys have been submitted: ${params
          .map((param) => param.key)
          .join(', ')
          .slice(0, 300)}. Please ensure the request contains only one param value per param key.`,
      );
    }
    const run = runOf(request);
    await log(ports, principal, {
      run,
      points: pointsOf(run, metrics as WireMetric[]),
      params: params.map(paramOf),
      tags: tags.map(tagOf),
    });
    return {};
  },
});
