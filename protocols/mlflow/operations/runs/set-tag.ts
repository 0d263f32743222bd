import { logBatch } from '#core/tracking/runs/log-batch.ts';
import { operation } from '../../operation.ts';
import { keyValue, runOf, runRef } from '../../wire/fields.ts';
import { tagOf } from '../../wire/limits.ts';

export const setTag = operation({
  methods: ['POST'],
  path: '/mlflow/runs/set-tag',
  permission: 'run:write',
  request: keyValue.extend(runRef),
  async handle({ ports, principal }, request) {
    await logBatch(ports, principal, { run: runOf(request), tags: [tagOf(request)] });
    return {};
  },
});
