import { z } from 'zod';
import { acceptInvitation } from '#core/tracking/accounts/accept-invitation.ts';
import { inviteAccount } from '#core/tracking/accounts/invite-account.ts';
import { newPassword } from '#core/domain/account.ts';
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
    const { ports, principal } = context;
    newPassword(password);
    const account = await accountForAdmin(context, username);
    const { invitation } = await inviteAccount(ports, principal, { account: account.id });
    await acceptInvitation(ports, principal, { token: invitation, password });
    return {};
  },
});
