import { z } from 'zod';
import { setRole } from '#core/tracking/roles/set-role.ts';
import { operation } from '../../operation.ts';
import { permission, roleOf } from '../../wire/accounts.ts';
import { nonEmpty } from '../../wire/fields.ts';
import { roleThatIsHeld } from './held-role.ts';

export const updateExperimentPermission = operation({
  methods: ['PATCH'],
  path: '/mlflow/experiments/permissions/update',
  permission: 'role:admin',
  request: z.object({ experiment_id: nonEmpty, username: nonEmpty, permission }),
  async handle(context, request) {
    const { account, project } = await roleThatIsHeld(context, request);
    const holder = { kind: 'account', id: account.id } as const;
    const role = roleOf(request.permission);
    await setRole(context.ports, context.principal, { holder, place: { scope: 'project', project }, role });
    return {};
  },
});
