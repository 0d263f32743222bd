import { tagVersion } from '#core/tracking/registry/tag-version.ts';
import { operation } from '../../operation.ts';
import { keyValue, nonEmpty } from '../../wire/fields.ts';
import { versionNumber } from '../../wire/version-number.ts';

export const setModelVersionTag = operation({
  methods: ['POST'],
  path: '/mlflow/model-versions/set-tag',
  permission: 'registry:write',
  request: keyValue.extend({ name: nonEmpty, version: nonEmpty }),
  async handle({ ports, principal, workspace }, { name, version, ...tag }) {
    const ask = { workspace, name, version: { number: versionNumber(version) } };
    await tagVersion(ports, principal, { ...ask, tags: [tag] });
    return {};
  },
});
