import { z } from 'zod';
import { operation } from '../../operation.ts';
import { presentPermission } from '../../wire/accounts.ts';
import { nonEmpty } from '../../wire/fields.ts';
import { roleThatIsHeld } from './held-role.ts';

export const getExperimentPermission = operation({
  methods: ['GET'],
  path: '/mlflow/experiments/permissions/get',
  permission: 'role:admin',
  request: z.object({ experiment_id: nonEmpty, username: nonEmpty }),
  async handle(context, request) {
    const { account, project, role } = await roleThatIsHeld(context, request);
    return { experiment_permission: presentPermission(account, project, role) };
  },
});
