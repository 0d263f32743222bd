import { z } from 'zod';
import { createModel } from '#core/tracking/models/create-model.ts';
import { operation } from '../../operation.ts';
import { creationPairs, experimentOf, optionalText, runOf, text } from '../../wire/fields.ts';
import { presentModel } from '../../wire/present.ts';

export const createLoggedModel = operation({
  methods: ['POST'],
  path: '/mlflow/logged-models',
  permission: 'model:write',
  request: z.object({
    experiment_id: text,
    name: optionalText,
    model_type: optionalText,
    source_run_id: optionalText,
    params: creationPairs,
    tags: creationPairs,
  }),
  async handle({ ports, principal }, request) {
    const model = await createModel(ports, principal, {
      project: experimentOf(request.experiment_id),
      params: request.params,
      tags: request.tags,
      ...(request.name && { name: request.name }),
      ...(request.model_type && { modelType: request.model_type }),
      ...(request.source_run_id && { sourceRun: runOf({ run_id: request.source_run_id }) }),
    });
    return { model: presentModel(model) };
  },
});
