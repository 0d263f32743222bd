import { z } from 'zod';
import { setPassword } from '#core/tracking/accounts/set-password.ts';
import { operation } from '../../operation.ts';
import { accountForAdmin } from '../../wire/accounts.ts';
import { nonEmpty } from '../../wire/fields.ts';

/** For admins: whoever changes their own password must know it, which this request cannot say. */
export const updateUserPassword = operation({
  methods: ['PATCH'],
  path: '/mlflow/users/update-password',
  permission: 'server:admin',
  request: z.object({ username: nonEmpty, password: nonEmpty }),
  async handle(context, { username, password }) {
    const { id } = await accountForAdmin(context, username);
    await setPassword(context.ports, context.principal, { account: id, password });
    return {};
  },
});
