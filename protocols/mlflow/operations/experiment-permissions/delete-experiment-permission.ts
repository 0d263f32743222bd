import { z } from 'zod';
import { setRole } from '#core/tracking/roles/set-role.ts';
import { operation } from '../../operation.ts';
import { nonEmpty } from '../../wire/fields.ts';
import { roleThatIsHeld } from './held-role.ts';

export const deleteExperimentPermission = operation({
  methods: ['DELETE'],
  path: '/mlflow/experiments/permissions/delete',
  permission: 'role:admin',
  request: z.object({ experiment_id: nonEmpty, username: nonEmpty }),
  async handle(context, request) {
    const { account, project } = await roleThatIsHeld(context, request);
    const holder = { kind: 'account', id: account.id } as const;
    await setRole(context.ports, context.principal, {
      holder,
      place: { scope: 'project', project },
      role: null,
    });
    return {};
  },
});
