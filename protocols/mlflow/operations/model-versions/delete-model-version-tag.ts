import { z } from 'zod';
import { untagVersion } from '#core/tracking/registry/tag-version.ts';
import { operation } from '../../operation.ts';
import { nonEmpty } from '../../wire/fields.ts';
import { versionNumber } from '../../wire/version-number.ts';

export const deleteModelVersionTag = operation({
  methods: ['DELETE'],
  path: '/mlflow/model-versions/delete-tag',
  permission: 'registry:write',
  request: z.object({ name: nonEmpty, version: nonEmpty, key: nonEmpty }),
  async handle({ ports, principal, workspace }, { key, name, version }) {
    const ask = { workspace, name, version: { number: versionNumber(version) } };
    await untagVersion(ports, principal, { ...ask, key });
    return {};
  },
});
