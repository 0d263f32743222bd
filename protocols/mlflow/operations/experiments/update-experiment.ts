import { z } from 'zod';
import { renameProject } from '#core/tracking/projects/change-project.ts';
import { operation } from '../../operation.ts';
import { experimentOf, optionalText, required, text } from '../../wire/fields.ts';

export const updateExperiment = operation({
  methods: ['POST'],
  path: '/mlflow/experiments/update',
  permission: 'project:write',
  request: z.object({ experiment_id: text, new_name: optionalText }),
  async handle({ ports, principal }, { experiment_id: id, new_name: name }) {
    await renameProject(ports, principal, { project: experimentOf(id), name: required('new_name', name) });
    return {};
  },
});
