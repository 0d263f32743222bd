import { z } from 'zod';
import { deleteRegisteredModel as remove } from '#core/tracking/registry/delete-registered-model.ts';
import { operation } from '../../operation.ts';
import { nonEmpty } from '../../wire/fields.ts';

export const deleteRegisteredModel = operation({
  methods: ['DELETE'],
  path: '/mlflow/registered-models/delete',
  permission: 'registry:write',
  request: z.object({ name: nonEmpty }),
  async handle({ ports, principal, workspace }, { name }) {
    await remove(ports, principal, { workspace, name });
    return {};
  },
});
