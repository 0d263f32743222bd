import { z } from 'zod';
import { restoreRun as restore } from '#core/tracking/runs/delete-run.ts';
import { operation } from '../../operation.ts';
import { runOf, runRef } from '../../wire/fields.ts';

export const restoreRun = operation({
  methods: ['POST'],
  path: '/mlflow/runs/restore',
  permission: 'run:write',
  request: z.object(runRef),
  async handle({ ports, principal }, request) {
    await restore(ports, principal, { run: runOf(request) });
    return {};
  },
});
