import { z } from 'zod';
import { untagRun } from '#core/tracking/runs/untag-run.ts';
import { operation } from '../../operation.ts';
import { runOf, runRef, text } from '../../wire/fields.ts';

export const deleteTag = operation({
  methods: ['POST'],
  path: '/mlflow/runs/delete-tag',
  permission: 'run:write',
  request: z.object({ ...runRef, key: text }),
  async handle({ ports, principal }, request) {
    await untagRun(ports, principal, { run: runOf(request), key: request.key });
    return {};
  },
});
