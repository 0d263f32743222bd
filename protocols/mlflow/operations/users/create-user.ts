import { z } from 'zod';
import { createAccount } from '#core/tracking/accounts/create-account.ts';
import { operation } from '../../operation.ts';
import { assertTeam, presentUser } from '../../wire/accounts.ts';
import { nonEmpty } from '../../wire/fields.ts';

export const createUser = operation({
  methods: ['POST'],
  path: '/mlflow/users/create',
  permission: 'server:admin',
  request: z.object({ username: nonEmpty, password: nonEmpty }),
  async handle({ ports, principal, edge }, { username: name, password }) {
    assertTeam(edge);
    const { account } = await createAccount(ports, principal, { kind: 'user', name, password });
    return presentUser(account, []);
  },
});
