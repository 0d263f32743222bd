import { z } from 'zod';
import { logInputs as log } from '#core/tracking/runs/log-inputs.ts';
import { operation } from '../../operation.ts';
import { keyValue, list, modelOf, optionalText, runOf, runRef, text } from '../../wire/fields.ts';

const dataset = z.object({
  name: text,
  digest: text,
  source_type: z.preprocess((value) => value ?? '', text),
  source: z.preprocess((value) => value ?? '', text),
  schema: optionalText,
  profile: optionalText,
});

export const logInputs = operation({
  methods: ['POST'],
  path: '/mlflow/runs/log-inputs',
  permission: 'run:write',
  request: z.object({
    ...runRef,
    datasets: list(z.object({ tags: list(keyValue), dataset })),
    models: list(z.object({ model_id: text })),
  }),
  async handle({ ports, principal }, request) {
    await log(ports, principal, {
      run: runOf(request),
      models: request.models.map((model) => ({ model: modelOf(model.model_id), step: 0 })),
      datasets: request.datasets.map(
        ({ tags, dataset: { source_type: sourceType, schema, profile, ...rest } }) => ({
          dataset: {
            ...rest,
            sourceType,
            ...(schema !== undefined && { schema }),
            ...(profile !== undefined && { profile }),
          },
          tags: new Map(tags.map((tag) => [tag.key, tag.value])),
        }),
      ),
    });
    return {};
  },
});
