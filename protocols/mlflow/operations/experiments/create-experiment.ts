import { z } from 'zod';
import { DEFAULT_WORKSPACE } from '#core/domain/ids.ts';
import { createProject } from '#core/tracking/projects/create-project.ts';
import { operation } from '../../operation.ts';
import { creationPairs, optionalText, required } from '../../wire/fields.ts';

export const createExperiment = operation({
  methods: ['POST'],
  path: '/mlflow/experiments/create',
  permission: 'project:write',
  request: z.object({ name: optionalText, artifact_location: optionalText, tags: creationPairs }),
  async handle({ ports, principal }, { name, artifact_location: location, tags }) {
    const project = await createProject(ports, principal, {
      workspace: DEFAULT_WORKSPACE,
      name: required('name', name),
      tags,
      ...(location && { artifactLocation: location.replace(/\/+$/, '') }),
    });
    return { experiment_id: project.id };
  },
});
