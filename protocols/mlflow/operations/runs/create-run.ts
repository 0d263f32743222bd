import { z } from 'zod';
import { Fault } from '#core/domain/fault.ts';
import { RUN_NAME_TAG, startRun } from '#core/tracking/runs/start-run.ts';
import { operation } from '../../operation.ts';
import { creationPairs, experimentOf, optionalInt64, optionalText } from '../../wire/fields.ts';
import { presentRun } from '../../wire/present.ts';

export const createRun = operation({
  methods: ['POST'],
  path: '/mlflow/runs/create',
  permission: 'run:write',
  request: z.object({
    experiment_id: optionalText.transform((id) => id || '0'),
    user_id: optionalText,
    run_name: optionalText,
    start_time: optionalInt64,
    tags: creationPairs,
  }),
  async handle({ ports, principal }, request) {
    const { run_name: name, start_time: startedAt, tags } = request;
    const tagged = tags.findLast((tag) => tag.key === RUN_NAME_TAG)?.value;
    if (name && tagged && name !== tagged) {
      throw new Fault(
        'invalid',
        `Both 'run_name' argument and '${RUN_NAME_TAG}' tag are specified, but with different values (run_name='${name.slice(0, 250)}', ${RUN_NAME_TAG}='${tagged.slice(0, 250)}').`,
      );
    }
    const run = await startRun(ports, principal, {
      project: experimentOf(request.experiment_id),
      wire: 'mlflow',
      userId: request.user_id ?? '',
      tags,
      ...(name && { name }),
      ...(startedAt !== undefined && { startedAt }),
    });
    return { run: presentRun(run) };
  },
});
