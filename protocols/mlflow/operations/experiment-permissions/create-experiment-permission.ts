import { z } from 'zod';
import { Fault } from '#core/domain/fault.ts';
import { setRole } from '#core/tracking/roles/set-role.ts';
import { operation } from '../../operation.ts';
import { permission, presentPermission, roleOf } from '../../wire/accounts.ts';
import { nonEmpty } from '../../wire/fields.ts';
import { heldRole } from './held-role.ts';

export const createExperimentPermission = operation({
  methods: ['POST'],
  path: '/mlflow/experiments/permissions/create',
  permission: 'role:admin',
  request: z.object({ experiment_id: nonEmpty, username: nonEmpty, permission }),
  async handle(context, request) {
    const { account, project, role: held } = await heldRole(context, request);
    if (held !== undefined) {
      throw new Fault(
        'conflict',
        `Experiment permission (experiment_id=${project}, username=${account.name}) already exists.`,
        { subject: 'permission', reason: 'exists' },
      );
    }
    const role = roleOf(request.permission);
    const holder = { kind: 'account', id: account.id } as const;
    await setRole(context.ports, context.principal, { holder, place: { scope: 'project', project }, role });
    return role === null ? {} : { experiment_permission: presentPermission(account, project, role) };
  },
});
