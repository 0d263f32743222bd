import { z } from 'zod';
import { renameProject } from '#core/tracking/projects/change-project.ts';
import { operation } from '../../operation.ts';
import { experimentOf, optionalText, required, text } from '../../wire/fields.ts';
import { sayTaken } from './name-taken.ts';

export const updateExperiment = operation({
  methods: ['POST'],
  path: '/mlflow/experiments/update',
  permission: 'project:write',
  request: z.object({ experiment_id: text, new_name: optionalText }),
  async handle(context, { experiment_id: id, new_name: asked }) {
    const name = required('new_name', asked);
    await renameProject(context.ports, context.principal, { project: experimentOf(id), name }).catch(
      (error: unknown) => sayTaken(error, context, name),
    );
    return {};
  },
});
