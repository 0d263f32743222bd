import { z } from 'zod';
import { acceptInvitation } from '#core/tracking/accounts/accept-invitation.ts';
import { createAccount } from '#core/tracking/accounts/create-account.ts';
import { newPassword } from '#core/domain/account.ts';
import { operation } from '../../operation.ts';
import { assertTeam, presentUser } from '../../wire/accounts.ts';
import { nonEmpty } from '../../wire/fields.ts';

/** The client chooses the password, so the invitation that comes with an account is accepted at once. */
export const createUser = operation({
  methods: ['POST'],
  path: '/mlflow/users/create',
  permission: 'server:admin',
  request: z.object({ username: nonEmpty, password: nonEmpty }),
  async handle({ ports, principal, edge }, { username, password }) {
    assertTeam(edge);
    newPassword(password);
    const { account, invitation } = await createAccount(ports, principal, { kind: 'user', name: username });
    if (invitation !== undefined) await acceptInvitation(ports, principal, { token: invitation, password });
    return presentUser(account, []);
  },
});
