import { tagRegisteredModel } from '#core/tracking/registry/tag-registered-model.ts';
import { operation } from '../../operation.ts';
import { keyValue, nonEmpty } from '../../wire/fields.ts';

export const setRegisteredModelTag = operation({
  methods: ['POST'],
  path: '/mlflow/registered-models/set-tag',
  permission: 'registry:write',
  request: keyValue.extend({ name: nonEmpty }),
  async handle({ ports, principal, workspace }, { name, ...tag }) {
    await tagRegisteredModel(ports, principal, { workspace, name, tags: [tag] });
    return {};
  },
});
