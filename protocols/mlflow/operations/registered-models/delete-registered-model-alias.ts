import { z } from 'zod';
import { removeAlias } from '#core/tracking/promotions/remove-alias.ts';
import { operation } from '../../operation.ts';
import { nonEmpty } from '../../wire/fields.ts';

export const deleteRegisteredModelAlias = operation({
  methods: ['DELETE'],
  path: '/mlflow/registered-models/alias',
  permission: 'registry:write',
  request: z.object({ name: nonEmpty, alias: nonEmpty }),
  async handle({ ports, principal, workspace }, { alias, name }) {
    await removeAlias(ports, principal, { workspace, model: name, alias });
    return {};
  },
});
