import { z } from 'zod';
import { updateRegisteredModel as update } from '#core/tracking/registry/update-registered-model.ts';
import { operation } from '../../operation.ts';
import { nonEmpty, optionalText } from '../../wire/fields.ts';
import { withLatest } from './with-latest.ts';

export const updateRegisteredModel = operation({
  methods: ['PATCH'],
  path: '/mlflow/registered-models/update',
  permission: 'registry:write',
  request: z.object({ name: nonEmpty, description: optionalText }),
  async handle({ ports, principal, workspace }, { description = '', name }) {
    return withLatest(ports, await update(ports, principal, { workspace, name, description }));
  },
});
