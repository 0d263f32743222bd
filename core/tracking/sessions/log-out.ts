import type { Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';

/** Ends the session of a secret; one that has ended already, or never was, is fine. */
export async function logOut(
  ports: Pick<Ports, 'identity' | 'secrets' | 'writer' | 'clock'>,
  asker: Pick<Principal, 'address'>,
  ask: { readonly secret: string },
): Promise<void> {
  const hash = ports.secrets.hash(ask.secret);
  const session = await ports.identity.session(hash);
  if (!session) return;
  const { account, id } = session;
  await ports.writer.commit({
    actor: { kind: 'user', id: account },
    at: ports.clock.now(),
    changes: [
      { kind: 'end-session', session: id },
      audited(asker, { action: 'session.ended', subject: `account ${account}`, details: { session: id } }),
    ],
  });
}
