import { z } from 'zod';
import { createProject } from '#core/tracking/projects/create-project.ts';
import { operation } from '../../operation.ts';
import { creationPairs, optionalText, required } from '../../wire/fields.ts';
import { sayTaken } from './name-taken.ts';

export const createExperiment = operation({
  methods: ['POST'],
  path: '/mlflow/experiments/create',
  permission: 'project:write',
  request: z.object({ name: optionalText, artifact_location: optionalText, tags: creationPairs }),
  async handle(context, { name: asked, artifact_location: location, tags }) {
    const name = required('name', asked);
    const project = await createProject(context.ports, context.principal, {
      workspace: context.workspace,
      name,
      tags,
      ...(location && { artifactLocation: location.replace(/\/+$/, '') }),
    }).catch((error: unknown) => sayTaken(error, context, name));
    return { experiment_id: project.id };
  },
});
