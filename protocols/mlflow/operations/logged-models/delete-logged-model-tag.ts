import { z } from 'zod';
import { untagModel } from '#core/tracking/models/change-model.ts';
import { operation } from '../../operation.ts';
import { modelOf, text } from '../../wire/fields.ts';

export const deleteLoggedModelTag = operation({
  methods: ['DELETE'],
  path: '/mlflow/logged-models/:model_id/tags/:tag_key',
  permission: 'model:write',
  request: z.object({ model_id: text, tag_key: text }),
  async handle({ ports, principal }, { model_id: id, tag_key: key }) {
    await untagModel(ports, principal, { model: modelOf(id), key });
    return {};
  },
});
