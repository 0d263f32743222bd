import { z } from 'zod';
import { findProjectByName } from '#core/tracking/projects/find-project.ts';
import { operation } from '../../operation.ts';
import { text } from '../../wire/fields.ts';
import { presentExperiment } from '../../wire/present.ts';

export const getExperimentByName = operation({
  methods: ['GET'],
  path: '/mlflow/experiments/get-by-name',
  permission: 'project:read',
  request: z.object({ experiment_name: text }),
  async handle({ ports, principal, workspace }, { experiment_name: name }) {
    const project = await findProjectByName(ports, principal, { workspace, name });
    return { experiment: presentExperiment(project) };
  },
});
