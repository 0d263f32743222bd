import { z } from 'zod';
import { updateVersion } from '#core/tracking/registry/update-version.ts';
import { operation } from '../../operation.ts';
import { nonEmpty, optionalText } from '../../wire/fields.ts';
import { presentVersionWithAliases } from '../../wire/present-registry.ts';
import { versionNumber } from '../../wire/version-number.ts';

export const updateModelVersion = operation({
  methods: ['PATCH'],
  path: '/mlflow/model-versions/update',
  permission: 'registry:write',
  request: z.object({ name: nonEmpty, version: nonEmpty, description: optionalText }),
  async handle({ ports, principal, workspace }, { description = '', name, version: text }) {
    const ask = { workspace, name, version: { number: versionNumber(text) }, description };
    const { model, version } = await updateVersion(ports, principal, ask);
    return { model_version: presentVersionWithAliases(model, version) };
  },
});
