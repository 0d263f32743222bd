import { z } from 'zod';
import { setRole } from '#core/tracking/roles/set-role.ts';
import { operation } from '../../operation.ts';
import { accountForAdmin } from '../../wire/accounts.ts';
import { bool, nonEmpty } from '../../wire/fields.ts';

export const updateUserAdmin = operation({
  methods: ['PATCH'],
  path: '/mlflow/users/update-admin',
  permission: 'server:admin',
  request: z.object({ username: nonEmpty, is_admin: bool }),
  async handle(context, { username, is_admin: isAdmin }) {
    const { id } = await accountForAdmin(context, username);
    const role = isAdmin ? 'admin' : null;
    await setRole(context.ports, context.principal, {
      holder: { kind: 'account', id },
      place: { scope: 'server' },
      role,
    });
    return {};
  },
});
