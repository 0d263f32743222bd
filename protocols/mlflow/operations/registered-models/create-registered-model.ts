import { z } from 'zod';
import { isPrompt } from '#core/domain/registry.ts';
import { createRegisteredModel as create } from '#core/tracking/registry/create-registered-model.ts';
import { operation } from '../../operation.ts';
import { creationPairs, nonEmpty, optionalText, required } from '../../wire/fields.ts';
import { presentRegisteredModel } from '../../wire/present-registry.ts';
import { sayNameTaken } from './name-taken.ts';

export const createRegisteredModel = operation({
  methods: ['POST'],
  path: '/mlflow/registered-models/create',
  permission: 'registry:write',
  request: z.object({ name: nonEmpty, tags: creationPairs, description: optionalText }),
  async handle(context, { description, name, tags }) {
    const { ports, principal, workspace } = context;
    required('name', name.trim());
    const isForPrompt = isPrompt({ tags: new Map(tags.map(({ key, value }) => [key, value])) });
    const ask = { workspace, name, tags, ...(description !== undefined && { description }) };
    const model = await create(ports, principal, ask).catch((error: unknown) =>
      sayNameTaken(error, context, { name, isForPrompt }),
    );
    return { registered_model: presentRegisteredModel(model) };
  },
});
