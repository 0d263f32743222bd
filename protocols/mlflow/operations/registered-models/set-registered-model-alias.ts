import { z } from 'zod';
import { promoteAtOnce } from '#core/tracking/promotions/promote-version.ts';
import { operation } from '../../operation.ts';
import { nonEmpty } from '../../wire/fields.ts';
import { versionNumber } from '../../wire/version-number.ts';

export const setRegisteredModelAlias = operation({
  methods: ['POST'],
  path: '/mlflow/registered-models/alias',
  permission: 'registry:write',
  request: z.object({ name: nonEmpty, alias: nonEmpty, version: nonEmpty }),
  async handle({ ports, principal, workspace }, { alias, name, version }) {
    await promoteAtOnce(ports, principal, {
      workspace,
      model: name,
      version: String(versionNumber(version)),
      target: { kind: 'alias', name: alias },
    });
    return {};
  },
});
