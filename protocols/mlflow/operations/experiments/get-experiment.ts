import { z } from 'zod';
import { findProject } from '#core/tracking/projects/find-project.ts';
import { operation } from '../../operation.ts';
import { experimentOf, text } from '../../wire/fields.ts';
import { presentExperiment } from '../../wire/present.ts';

export const getExperiment = operation({
  methods: ['GET'],
  path: '/mlflow/experiments/get',
  permission: 'project:read',
  request: z.object({ experiment_id: text }),
  async handle({ ports, principal }, { experiment_id: id }) {
    return {
      experiment: presentExperiment(await findProject(ports, principal, { project: experimentOf(id) })),
    };
  },
});
