import { z } from 'zod';
import { addModelParams } from '#core/tracking/models/change-model.ts';
import { operation } from '../../operation.ts';
import { keyValue, list, modelOf, text } from '../../wire/fields.ts';

export const logLoggedModelParams = operation({
  methods: ['POST'],
  path: '/mlflow/logged-models/:model_id/params',
  permission: 'model:write',
  request: z.object({ model_id: text, params: list(keyValue) }),
  async handle({ ports, principal }, { model_id: id, params }) {
    await addModelParams(ports, principal, { model: modelOf(id), params });
    return {};
  },
});
