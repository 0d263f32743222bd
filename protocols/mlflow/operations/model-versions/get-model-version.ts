import { z } from 'zod';
import { findVersion } from '#core/tracking/registry/find-version.ts';
import { operation } from '../../operation.ts';
import { nonEmpty } from '../../wire/fields.ts';
import { presentVersionWithAliases } from '../../wire/present-registry.ts';
import { versionNumber } from '../../wire/version-number.ts';

export const getModelVersion = operation({
  methods: ['GET'],
  path: '/mlflow/model-versions/get',
  permission: 'registry:read',
  request: z.object({ name: nonEmpty, version: nonEmpty }),
  async handle({ ports, principal, workspace }, { name, version: text }) {
    const ask = { workspace, name, version: { number: versionNumber(text) } };
    const { model, version } = await findVersion(ports, principal, ask);
    return { model_version: presentVersionWithAliases(model, version) };
  },
});
