import { z } from 'zod';
import { untagRegisteredModel } from '#core/tracking/registry/tag-registered-model.ts';
import { operation } from '../../operation.ts';
import { nonEmpty } from '../../wire/fields.ts';

export const deleteRegisteredModelTag = operation({
  methods: ['DELETE'],
  path: '/mlflow/registered-models/delete-tag',
  permission: 'registry:write',
  request: z.object({ name: nonEmpty, key: nonEmpty }),
  async handle({ ports, principal, workspace }, { key, name }) {
    await untagRegisteredModel(ports, principal, { workspace, name, key });
    return {};
  },
});
