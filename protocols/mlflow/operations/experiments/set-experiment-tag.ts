import { z } from 'zod';
import { tagProject } from '#core/tracking/projects/change-project.ts';
import { operation } from '../../operation.ts';
import { experimentOf, nonEmpty, text } from '../../wire/fields.ts';

export const setExperimentTag = operation({
  methods: ['POST'],
  path: '/mlflow/experiments/set-experiment-tag',
  permission: 'project:write',
  request: z.object({ experiment_id: text, key: nonEmpty, value: text }),
  async handle({ ports, principal }, { experiment_id: id, key, value }) {
    await tagProject(ports, principal, { project: experimentOf(id), tags: [{ key, value }] });
    return {};
  },
});
