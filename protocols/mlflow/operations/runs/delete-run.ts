import { z } from 'zod';
import { deleteRun as hide } from '#core/tracking/runs/delete-run.ts';
import { operation } from '../../operation.ts';
import { runOf, runRef } from '../../wire/fields.ts';

export const deleteRun = operation({
  methods: ['POST'],
  path: '/mlflow/runs/delete',
  permission: 'run:write',
  request: z.object(runRef),
  async handle({ ports, principal }, request) {
    await hide(ports, principal, { run: runOf(request) });
    return {};
  },
});
