import { z } from 'zod';
import { deleteVersion } from '#core/tracking/registry/delete-version.ts';
import { operation } from '../../operation.ts';
import { nonEmpty } from '../../wire/fields.ts';
import { versionNumber } from '../../wire/version-number.ts';

export const deleteModelVersion = operation({
  methods: ['DELETE'],
  path: '/mlflow/model-versions/delete',
  permission: 'registry:write',
  request: z.object({ name: nonEmpty, version: nonEmpty }),
  async handle({ ports, principal, workspace }, { name, version }) {
    await deleteVersion(ports, principal, { workspace, name, version: { number: versionNumber(version) } });
    return {};
  },
});
