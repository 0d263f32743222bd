import { SYSTEM } from '#core/domain/actor.ts';
import { INVITATION_MS } from '../accounts/invitation.ts';
import type { Ports } from '../ports/ports.ts';

/** While the server has no account: a one-time token with which its first admin sets it up. Called at each start; earlier tokens stand until they expire, as other servers of the store may have printed them. */
export async function ensureSetupToken(
  ports: Pick<Ports, 'identity' | 'secrets' | 'writer' | 'clock'>,
): Promise<string | undefined> {
  if (await ports.identity.hasAccounts()) return undefined;
  const at = ports.clock.now();
  const token = ports.secrets.token();
  const hash = ports.secrets.hash(token);
  const changes = [{ kind: 'create-invitation', hash, expiresAt: at + INVITATION_MS } as const];
  await ports.writer.commit({ actor: SYSTEM, at, changes });
  return token;
}
