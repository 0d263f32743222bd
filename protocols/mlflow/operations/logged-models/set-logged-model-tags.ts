import { z } from 'zod';
import { tagModel } from '#core/tracking/models/change-model.ts';
import { operation } from '../../operation.ts';
import { keyValue, list, modelOf, text } from '../../wire/fields.ts';
import { presentModel } from '../../wire/present.ts';

export const setLoggedModelTags = operation({
  methods: ['PATCH'],
  path: '/mlflow/logged-models/:model_id/tags',
  permission: 'model:write',
  request: z.object({ model_id: text, tags: list(keyValue) }),
  async handle({ ports, principal }, { model_id: id, tags }) {
    return { model: presentModel(await tagModel(ports, principal, { model: modelOf(id), tags })) };
  },
});
