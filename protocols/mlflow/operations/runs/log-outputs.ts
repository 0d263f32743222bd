import { z } from 'zod';
import { logOutputs as log } from '#core/tracking/runs/log-inputs.ts';
import { operation } from '../../operation.ts';
import { int64, list, modelOf, runOf, runRef, text } from '../../wire/fields.ts';

export const logOutputs = operation({
  methods: ['POST'],
  path: '/mlflow/runs/outputs',
  permission: 'run:write',
  request: z.object({
    ...runRef,
    models: list(z.object({ model_id: text, step: z.preprocess((value) => value ?? 0, int64) })),
  }),
  async handle({ ports, principal }, request) {
    const models = request.models.map(({ model_id: model, step }) => ({ model: modelOf(model), step }));
    await log(ports, principal, { run: runOf(request), models });
    return {};
  },
});
