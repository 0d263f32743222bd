import { z } from 'zod';
import { findRun } from '#core/tracking/runs/find-run.ts';
import { operation } from '../../operation.ts';
import { runOf, runRef } from '../../wire/fields.ts';
import { presentRun } from '../../wire/present.ts';

export const getRun = operation({
  methods: ['GET'],
  path: '/mlflow/runs/get',
  permission: 'run:read',
  request: z.object(runRef),
  async handle({ ports, principal }, request) {
    return { run: presentRun(await findRun(ports, principal, { run: runOf(request) })) };
  },
});
