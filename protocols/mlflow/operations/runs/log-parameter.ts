import { logBatch } from '#core/tracking/runs/log-batch.ts';
import { operation } from '../../operation.ts';
import { keyValue, runOf, runRef } from '../../wire/fields.ts';
import { paramOf } from '../../wire/limits.ts';

export const logParameter = operation({
  methods: ['POST'],
  path: '/mlflow/runs/log-parameter',
  permission: 'run:write',
  request: keyValue.extend(runRef),
  async handle({ ports, principal }, request) {
    await logBatch(ports, principal, { run: runOf(request), params: [paramOf(request)] });
    return {};
  },
});
