import { accountId } from '#core/domain/account.ts';
import { changePassword } from '#core/tracking/accounts/change-password.ts';
import { createAccount } from '#core/tracking/accounts/create-account.ts';
import { inviteAccount } from '#core/tracking/accounts/invite-account.ts';
import { listAccounts } from '#core/tracking/accounts/list-accounts.ts';
import { updateAccount } from '#core/tracking/accounts/update-account.ts';
import { updateOwnAccount } from '#core/tracking/accounts/update-own-account.ts';
import { describeSession } from '#core/tracking/sessions/describe-session.ts';
import type { Operations } from '../operation.ts';
import { presentAccount, presentSession } from '../present-identity.ts';

type Name =
  | 'changePassword'
  | 'updateOwnAccount'
  | 'listAccounts'
  | 'createAccount'
  | 'updateAccount'
  | 'inviteAccount';

export const accountOperations: Pick<Operations, Name> = {
  changePassword: async ({ ports, edge, principal, body, reply }) => {
    const secret = edge.sessions.secretOf(reply.request);
    const own = secret === undefined ? {} : { secret };
    await edge.sessions.allowLogIn(reply.request, principal.id);
    await changePassword(ports, principal, { ...body, ...own });
    return presentSession(edge.facts.mode, await describeSession(ports, principal, own));
  },

  updateOwnAccount: async ({ ports, principal, body }) =>
    presentAccount(await updateOwnAccount(ports, principal, body)),

  listAccounts: async ({ ports, principal }) => ({
    accounts: (await listAccounts(ports, principal)).map(({ lastSeenAt, ...account }) => ({
      ...presentAccount(account),
      ...(lastSeenAt !== undefined && { lastSeenAt }),
    })),
  }),

  createAccount: async ({ ports, principal, body: { displayName, ...given } }) => {
    const ask = { ...given, ...(displayName !== undefined && { displayName }) };
    const { account, invitation } = await createAccount(ports, principal, ask);
    return { account: presentAccount(account), ...(invitation !== undefined && { invitation }) };
  },

  updateAccount: async ({ ports, principal, params, body: { displayName, disabled } }) =>
    presentAccount(
      await updateAccount(ports, principal, {
        account: accountId(params.account),
        ...(displayName !== undefined && { displayName }),
        ...(disabled !== undefined && { disabled }),
      }),
    ),

  inviteAccount: async ({ ports, principal, params }) =>
    inviteAccount(ports, principal, { account: accountId(params.account) }),
};
