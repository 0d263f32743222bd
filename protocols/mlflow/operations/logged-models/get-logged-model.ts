import { z } from 'zod';
import { findModel } from '#core/tracking/models/find-model.ts';
import { operation } from '../../operation.ts';
import { modelOf, text } from '../../wire/fields.ts';
import { presentModel } from '../../wire/present.ts';

export const getLoggedModel = operation({
  methods: ['GET'],
  path: '/mlflow/logged-models/:model_id',
  permission: 'model:read',
  request: z.object({ model_id: text }),
  async handle({ ports, principal }, { model_id: id }) {
    return { model: presentModel(await findModel(ports, principal, { model: modelOf(id) })) };
  },
});
