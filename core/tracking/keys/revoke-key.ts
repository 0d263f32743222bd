import type { ApiKey, KeyId } from '#core/domain/account.ts';
import { Fault } from '#core/domain/fault.ts';
import { authoriseSelf } from '../access/authorise-self.ts';
import { authorise } from '../access/authorise.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';

/** Revokes a key at once and for ever: one's own, or as the server's admin any. A key may always revoke itself; one that was revoked already stays as it is. @throws Fault `forbidden`, `not_found` (admins only). */
export async function revokeKey(
  ports: Pick<Ports, 'identity' | 'writer' | 'clock'>,
  principal: Principal,
  ask: { readonly key: KeyId },
): Promise<ApiKey> {
  const key = await ports.identity.key(ask.key);
  if (key?.account !== principal.id) authorise(principal, 'server:admin');
  else if (principal.limit?.key !== key.id) authoriseSelf(principal);
  if (!key) throw new Fault('not_found', `No key with id ${ask.key} exists.`, { subject: 'key' });
  if (key.revokedAt !== undefined) return key;
  const details = { account: key.account, name: key.name };
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [
      { kind: 'revoke-key', key: key.id },
      audited(principal, { action: 'key.revoked', subject: `key ${key.id}`, details }),
    ],
  });
  return (await ports.identity.key(key.id)) ?? key;
}
