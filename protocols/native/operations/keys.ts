import { accountId, keyId } from '#core/domain/account.ts';
import { projectId } from '#core/domain/ids.ts';
import { createKey } from '#core/tracking/keys/create-key.ts';
import { listKeys } from '#core/tracking/keys/list-keys.ts';
import { revokeKey } from '#core/tracking/keys/revoke-key.ts';
import type { Operations } from '../operation.ts';
import { presentKey } from '../present-identity.ts';

export const keyOperations: Pick<Operations, 'listKeys' | 'createKey' | 'revokeKey'> = {
  listKeys: async ({ ports, principal, query: { account } }) => {
    const of = account === undefined || account === 'all' ? account : accountId(account);
    const keys = await listKeys(ports, principal, of === undefined ? {} : { account: of });
    return { keys: keys.map(presentKey) };
  },

  createKey: async ({ ports, principal, body }) => {
    const { name, role, account, projects, expiresAt } = body;
    const { key, secret } = await createKey(ports, principal, {
      name,
      role,
      ...(account !== undefined && { account: accountId(account) }),
      ...(projects && { projects: projects.map(projectId) }),
      ...(expiresAt !== undefined && { expiresAt }),
    });
    return { key: presentKey(key), secret };
  },

  revokeKey: async ({ ports, principal, params }) =>
    presentKey(await revokeKey(ports, principal, { key: keyId(params.key) })),
};
