import { z } from 'zod';
import { deleteProject } from '#core/tracking/projects/change-project.ts';
import { operation } from '../../operation.ts';
import { experimentOf, text } from '../../wire/fields.ts';

export const deleteExperiment = operation({
  methods: ['POST'],
  path: '/mlflow/experiments/delete',
  permission: 'project:write',
  request: z.object({ experiment_id: text }),
  async handle({ ports, principal }, { experiment_id: id }) {
    await deleteProject(ports, principal, { project: experimentOf(id) });
    return {};
  },
});
