import { accountId, type AccountId, type ApiKey } from '#core/domain/account.ts';
import { authorise } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';

/** One's own keys, revoked ones too; as the server's admin another account's, or all. A key of some projects sees itself alone. @throws Fault `forbidden`. */
export async function listKeys(
  ports: Pick<Ports, 'identity'>,
  principal: Principal,
  ask: { readonly account?: AccountId | 'all' } = {},
): Promise<readonly ApiKey[]> {
  if (ask.account !== undefined && ask.account !== principal.id) {
    authorise(principal, 'server:admin');
    return ports.identity.keys(ask.account);
  }
  authorise(principal, 'account:self');
  const keys = await ports.identity.keys(accountId(principal.id));
  const { limit } = principal;
  return limit?.projects === undefined ? keys : keys.filter(({ id }) => id === limit.key);
}
