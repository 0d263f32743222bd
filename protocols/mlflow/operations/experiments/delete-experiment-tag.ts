import { z } from 'zod';
import { untagProject } from '#core/tracking/projects/change-project.ts';
import { operation } from '../../operation.ts';
import { experimentOf, text } from '../../wire/fields.ts';

export const deleteExperimentTag = operation({
  methods: ['POST'],
  path: '/mlflow/experiments/delete-experiment-tag',
  permission: 'project:write',
  request: z.object({ experiment_id: text, key: text }),
  async handle({ ports, principal }, { experiment_id: id, key }) {
    await untagProject(ports, principal, { project: experimentOf(id), key });
    return {};
  },
});
