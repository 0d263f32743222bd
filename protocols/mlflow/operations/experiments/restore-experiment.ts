import { z } from 'zod';
import { restoreProject } from '#core/tracking/projects/change-project.ts';
import { operation } from '../../operation.ts';
import { experimentOf, text } from '../../wire/fields.ts';

export const restoreExperiment = operation({
  methods: ['POST'],
  path: '/mlflow/experiments/restore',
  permission: 'project:write',
  request: z.object({ experiment_id: text }),
  async handle({ ports, principal }, { experiment_id: id }) {
    await restoreProject(ports, principal, { project: experimentOf(id) });
    return {};
  },
});
