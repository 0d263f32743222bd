import { z } from 'zod';
import { updateRegisteredModel } from '#core/tracking/registry/update-registered-model.ts';
import { operation } from '../../operation.ts';
import { nonEmpty, required } from '../../wire/fields.ts';
import { sayNameTaken } from './name-taken.ts';
import { withLatest } from './with-latest.ts';

export const renameRegisteredModel = operation({
  methods: ['POST'],
  path: '/mlflow/registered-models/rename',
  permission: 'registry:write',
  request: z.object({ name: nonEmpty, new_name: nonEmpty }),
  async handle(context, { name, new_name: newName }) {
    const { ports, principal, workspace } = context;
    required('new_name', newName.trim());
    const renamed = await updateRegisteredModel(ports, principal, { workspace, name, newName }).catch(
      (error: unknown) => sayNameTaken(error, context, { name: newName, isForPrompt: false }),
    );
    return withLatest(ports, renamed);
  },
});
