import { z } from 'zod';
import { updateAccount } from '#core/tracking/accounts/update-account.ts';
import { operation } from '../../operation.ts';
import { accountForAdmin } from '../../wire/accounts.ts';
import { nonEmpty } from '../../wire/fields.ts';

/** Disables the account: what it did keeps its name, and its sessions and keys are refused at once. */
export const deleteUser = operation({
  methods: ['DELETE'],
  path: '/mlflow/users/delete',
  permission: 'server:admin',
  request: z.object({ username: nonEmpty }),
  async handle(context, { username }) {
    const { id } = await accountForAdmin(context, username);
    await updateAccount(context.ports, context.principal, { account: id, disabled: true });
    return {};
  },
});
