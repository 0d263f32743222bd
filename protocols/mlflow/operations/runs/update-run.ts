import { z } from 'zod';
import type { RunStatus } from '#core/domain/run.ts';
import { updateRun as update } from '#core/tracking/runs/update-run.ts';
import { operation } from '../../operation.ts';
import {
  absentWhenNull,
  enumeration,
  optionalInt64,
  optionalText,
  runOf,
  runRef,
} from '../../wire/fields.ts';
import { presentRunInfo } from '../../wire/present.ts';

const status = enumeration(['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']);

export const updateRun = operation({
  methods: ['POST'],
  path: '/mlflow/runs/update',
  permission: 'run:write',
  request: z.object({
    ...runRef,
    status: absentWhenNull(status),
    end_time: optionalInt64,
    run_name: optionalText,
  }),
  async handle({ ports, principal }, request) {
    const run = await update(ports, principal, {
      run: runOf(request),
      ...(request.status && { status: request.status.toLowerCase() as RunStatus }),
      ...(request.end_time !== undefined && { endedAt: request.end_time }),
      ...(request.run_name && { name: request.run_name }),
    });
    return { run_info: presentRunInfo(run) };
  },
});
