import { z } from 'zod';
import { findVersion } from '#core/tracking/registry/find-version.ts';
import { operation } from '../../operation.ts';
import { nonEmpty } from '../../wire/fields.ts';
import { versionNumber } from '../../wire/version-number.ts';

export const getModelVersionDownloadUri = operation({
  methods: ['GET'],
  path: '/mlflow/model-versions/get-download-uri',
  permission: 'registry:read',
  request: z.object({ name: nonEmpty, version: nonEmpty }),
  async handle({ ports, principal, workspace }, { name, version: text }) {
    const ask = { workspace, name, version: { number: versionNumber(text) } };
    const { version } = await findVersion(ports, principal, ask);
    return { artifact_uri: version.storageLocation };
  },
});
