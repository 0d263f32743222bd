import { z } from 'zod';
import { deleteModel } from '#core/tracking/models/change-model.ts';
import { operation } from '../../operation.ts';
import { modelOf, text } from '../../wire/fields.ts';

export const deleteLoggedModel = operation({
  methods: ['DELETE'],
  path: '/mlflow/logged-models/:model_id',
  permission: 'model:write',
  request: z.object({ model_id: text }),
  async handle({ ports, principal }, { model_id: id }) {
    await deleteModel(ports, principal, { model: modelOf(id) });
    return {};
  },
});
