import { z } from 'zod';
import { foldedName } from '#core/domain/account.ts';
import { authorise } from '#core/tracking/access/authorise.ts';
import { operation } from '../../operation.ts';
import { accountNamed, presentUser } from '../../wire/accounts.ts';
import { nonEmpty } from '../../wire/fields.ts';

/** Oneself, or anybody for an admin. */
export const getUser = operation({
  methods: ['GET'],
  path: '/mlflow/users/get',
  permission: 'server:read',
  request: z.object({ username: nonEmpty }),
  async handle(context, { username }) {
    const { ports, principal } = context;
    const isSelf = (await ports.identity.accountNamed(foldedName(username)))?.id === principal.id;
    if (!isSelf) authorise(principal, 'server:admin');
    const account = await accountNamed(context, username);
    const roles = (await ports.identity.rolesOf(account.id)).filter(({ holder }) => holder.id === account.id);
    return presentUser(account, roles);
  },
});
